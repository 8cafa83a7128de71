// Package chart draws numbers with characters: sparklines, bars, heatmaps.
package chart

import (
	"math"
	"strings"
)

var blocks = []rune("▁▂▃▄▅▆▇█")

// Spark is the last w values as a sparkline, scaled from 0 to top (the largest value when top is 0). NaN is a gap.
// Where values are missing it begins with spaces.
func Spark(values []float64, w int, top float64) string {
	if w <= 0 {
		return ""
	}
	if len(values) > w {
		values = values[len(values)-w:]
	}
	if top <= 0 {
		for _, v := range values {
			if v > top {
				top = v
			}
		}
	}
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", w-len(values)))
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			b.WriteByte(' ')
		case top <= 0:
			b.WriteRune(blocks[0])
		default:
			b.WriteRune(blocks[min(max(int(v/top*7.99), 0), 7)])
		}
	}
	return b.String()
}

// Columns is a column for each value in h rows, the upper one first, in eighths of a row. The largest value fills it; any
// above 0 shows.
func Columns(values []float64, h int) []string {
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	rows := make([]string, max(h, 0))
	for y := range rows {
		var b strings.Builder
		below := (len(rows) - 1 - y) * len(blocks)
		for _, v := range values {
			n := 0
			if v > 0 {
				n = max(int(math.Round(v/top*float64(len(rows)*len(blocks)))), 1)
			}
			if n -= below; n > 0 {
				b.WriteRune(blocks[min(n, len(blocks))-1])
			} else {
				b.WriteByte(' ')
			}
		}
		rows[y] = b.String()
	}
	return rows
}

var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar is a bar of share (0 to 1) of w cells, in eighths of a cell, without what is left of w. A share above nothing
// shows at least an eighth.
func Bar(share float64, w int) string {
	if !(share > 0) || w <= 0 {
		return ""
	}
	n := max(int(math.Round(min(share, 1)*float64(w)*8)), 1)
	return strings.Repeat("█", n/8) + eighths[n%8]
}

// Low is a bar like those of Bar in the lower half of its line, in halves of a cell, so that the bars of a list stand apart.
func Low(share float64, w int) string {
	if !(share > 0) || w <= 0 {
		return ""
	}
	n := max(int(math.Round(min(share, 1)*float64(w)*2)), 1)
	return strings.Repeat("▄", n/2) + strings.Repeat("▖", n%2)
}

// Shades are a heatmap's levels from nothing to most, as characters that differ without colour too.
var Shades = []string{" ", "░", "▒", "▓", "█"}

// Shade is the level of n where the largest count is most. Any count above 0 shows.
func Shade(n, most int) string {
	if n <= 0 || most <= 0 {
		return Shades[0]
	}
	return Shades[min(1+(n-1)*4/most, 4)]
}
