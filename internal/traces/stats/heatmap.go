package stats

import (
	"math"
	"time"
)

// Point is one request: when it began, how long it took in µs, whether it failed.
type Point struct {
	At       time.Time
	Duration int64
	Failed   bool
}

// Heatmap counts points by time and latency. Rows are latencies on a logarithmic scale, row 0 the lowest; columns are
// stretches of time of one length.
type Heatmap struct {
	Low    []int64 // the least µs of each row, rising; one more than rows: the last is the upper end
	Count  [][]int // [row][column]
	Errors [][]int // [row][column], of those in Count
	Most   int     // the largest of Count
}

// NewHeatmap counts the points between from and to (not itself) in columns × rows buckets. The scale fits the points: it
// goes from the shortest to the longest of them. All is empty when there is none, or no room.
func NewHeatmap(points []Point, from, to time.Time, columns, rows int) Heatmap {
	var h Heatmap
	if columns < 1 || rows < 1 || !from.Before(to) {
		return h
	}
	low, high := int64(math.MaxInt64), int64(0)
	for _, p := range points {
		if !p.At.Before(from) && p.At.Before(to) {
			low, high = min(low, max(p.Duration, 1)), max(high, p.Duration, 1)
		}
	}
	if high == 0 {
		return h
	}
	a, b := math.Log(float64(low)), math.Log(float64(high)+1)
	for r := range rows + 1 {
		h.Low = append(h.Low, int64(math.Exp(a+(b-a)*float64(r)/float64(rows))))
	}
	h.Count, h.Errors = grid(columns, rows), grid(columns, rows)
	for _, p := range points {
		if p.At.Before(from) || !p.At.Before(to) {
			continue
		}
		c := int(float64(p.At.Sub(from)) / float64(to.Sub(from)) * float64(columns))
		r := int((math.Log(float64(max(p.Duration, 1))) - a) / (b - a) * float64(rows))
		c, r = min(max(c, 0), columns-1), min(max(r, 0), rows-1)
		h.Count[r][c]++
		if p.Failed {
			h.Errors[r][c]++
		}
		h.Most = max(h.Most, h.Count[r][c])
	}
	return h
}

func grid(columns, rows int) [][]int {
	out := make([][]int, rows)
	for r := range out {
		out[r] = make([]int, columns)
	}
	return out
}
