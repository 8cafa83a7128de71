// Package units writes numbers for people: three significant digits, one unit, the same everywhere.
package units

import (
	"math"
	"strconv"
)

// Duration writes microseconds as "0", "12 µs", "4.10 ms", "212 ms", "1.25 s", "12.3 min" or "4.20 h".
func Duration(µs int64) string {
	switch v := float64(µs); {
	case µs < 0 && µs > math.MinInt64:
		return "-" + Duration(-µs)
	case µs == 0:
		return "0"
	case µs < 1000:
		return strconv.FormatInt(µs, 10) + " µs"
	case v < 999_500:
		return digits(v/1e3) + " ms"
	case v < 120e6:
		return digits(v/1e6) + " s"
	case v < 7200e6:
		return digits(v/60e6) + " min"
	case v < 3600e6*1e6:
		return digits(v/3600e6) + " h"
	default:
		return strconv.FormatFloat(v/3600e6, 'e', 0, 64) + " h"
	}
}

// digits writes v with three significant digits, more before the point if it has them.
func digits(v float64) string {
	switch {
	case v < 9.995:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v < 99.95:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// Count writes a number of things: "132", "1,234", "12.3k", "4.56M".
func Count(n int64) string {
	switch v := float64(n); {
	case n < 0 && n > math.MinInt64:
		return "-" + Count(-n)
	case n < 1000:
		return strconv.FormatInt(n, 10)
	case n < 10_000:
		return strconv.FormatInt(n/1000, 10) + "," + strconv.FormatInt(n%1000+1000, 10)[1:]
	case v < 999_500:
		return digits(v/1e3) + "k"
	case v < 999_500_000:
		return digits(v/1e6) + "M"
	default:
		return digits(v/1e9) + "G"
	}
}

// Percent writes a part of a whole: "0 %", "0.4 %", "12 %"; "0 %" of nothing.
func Percent(part, whole int64) string {
	if whole == 0 || part == 0 {
		return "0 %"
	}
	v := 100 * float64(part) / float64(whole)
	if v < 9.95 {
		return strconv.FormatFloat(v, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(v, 'f', 0, 64) + " %"
}
