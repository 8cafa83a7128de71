package units

import (
	"testing"
	"time"
)

// Values that are near each other have the same unit, and no number is wider than its column.
func TestLatency(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                          "0 ms",
		7 * time.Microsecond:       "7 µs",
		9_960 * time.Nanosecond:    "0.01 ms",
		38 * time.Microsecond:      "0.04 ms",
		99 * time.Microsecond:      "0.10 ms",
		99_600 * time.Nanosecond:   "0.1 ms",
		4_100 * time.Microsecond:   "4.1 ms",
		9_960 * time.Microsecond:   "10 ms",
		212 * time.Millisecond:     "212 ms",
		999_600 * time.Microsecond: "1.00 s",
		1_250 * time.Millisecond:   "1.25 s",
		-time.Millisecond:          "-1.0 ms",
		90 * time.Second:           "90.0 s",
		61 * time.Minute:           "1.0 h",
	} {
		if got := Latency(d); got != want {
			t.Errorf("%v: %q; want %q", d, got, want)
		}
	}
}
