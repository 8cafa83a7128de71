// Package units writes numbers for people: one way for each quantity, short, with a width that does not jump when the
// value changes a little.
package units

import (
	"fmt"
	"math"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"
)

// Latency is a duration of a request: "0.04 ms", "0.9 ms", "46 ms", "212 ms", "1.25 s". At most 7 cells below an hour. What
// is a tenth of a millisecond now and less then stays in one unit.
func Latency(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case d < 0:
		return "-" + Latency(-d)
	case ms == 0:
		return "0 ms"
	case ms < 0.00995:
		return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
	case ms < 0.0995:
		return fmt.Sprintf("%.2f ms", ms)
	case ms < 9.95:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	case ms < 9_995:
		return fmt.Sprintf("%.2f s", ms/1e3)
	case ms < 99_950:
		return fmt.Sprintf("%.1f s", ms/1e3)
	case d < time.Hour:
		return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

// Age is how long ago something was, as kubectl writes it: "12s", "3m", "2h". Nothing for the zero time.
func Age(now, then time.Time) string {
	if then.IsZero() {
		return ""
	}
	return duration.ShortHumanDuration(max(now.Sub(then), 0))
}

// Span is a length of time in the words of a sentence: "4 s", "2 min 10 s", "3 h".
func Span(d time.Duration) string {
	switch d = max(d, 0).Round(time.Second); {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < 10*time.Minute && int(d.Seconds())%60 != 0:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d h", int(d.Hours()))
}

// Rate is a number per second: "0.2", "5.0", "120", "1.5k".
func Rate(r float64) string {
	switch {
	case math.IsNaN(r) || math.IsInf(r, 0):
		return "–"
	case r < 9.95:
		return fmt.Sprintf("%.1f", r)
	case r < 999.5:
		return fmt.Sprintf("%.0f", r)
	case r < 99_950:
		return fmt.Sprintf("%.1fk", r/1e3)
	}
	return fmt.Sprintf("%.0fk", r/1e3)
}

// Percent is a share, 0 to 1: "0.0 %", "12 %", "100 %". A share that is not quite all never reads as all.
func Percent(p float64) string {
	switch pc := p * 100; {
	case math.IsNaN(pc):
		return "–"
	case pc > 99.5 && pc < 100:
		return fmt.Sprintf("%.1f %%", math.Floor(pc*10)/10)
	case pc < 9.95:
		return fmt.Sprintf("%.1f %%", pc)
	default:
		return fmt.Sprintf("%.0f %%", pc)
	}
}

// Count is a number with thin marks: "1,240".
func Count[T ~int | ~int32 | ~int64 | ~uint64](n T) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Plural is a count of things: "1 link", "3 links".
func Plural[T ~int | ~int32 | ~int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}
