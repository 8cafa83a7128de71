package units

import (
	"math"
	"testing"
)

func TestDuration(t *testing.T) {
	for µs, want := range map[int64]string{
		0: "0", 1: "1 µs", 999: "999 µs", 1000: "1.00 ms", 4100: "4.10 ms", 9994: "9.99 ms", 9996: "10.0 ms", 12_345: "12.3 ms", 99_960: "100 ms", 212_000: "212 ms",
		999_499: "999 ms", 999_500: "1.00 s", 1_250_000: "1.25 s", 119_000_000: "119 s", 120_000_000: "2.00 min", 7_200_000_000: "2.00 h",
		-4100: "-4.10 ms", math.MaxInt64: "3e+09 h",
	} {
		if got := Duration(µs); got != want {
			t.Errorf("Duration(%d) = %q, want %q", µs, got, want)
		}
	}
}

func TestCountAndPercent(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1002: "1,002", 9999: "9,999", 12_345: "12.3k", 999_600: "1.00M", 4_560_000: "4.56M", 2e9: "2.00G", -5: "-5"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{0, 0, "0 %"}, {1, 250, "0.4 %"}, {1, 8, "12 %"}, {5, 5, "100 %"}} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("Percent(%d, %d) = %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}
