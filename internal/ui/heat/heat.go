// Package heat draws how long requests took over time, as a map of latencies: darker is more of them, red is failed.
package heat

import (
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traffic"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// least is the shortest time that the map is wide.
const least = 10 * time.Second

// labels is the room for the latencies on the left.
const labels = 9

// Draw draws the traces up to now, and what there was before them, the time below.
func Draw(c canvas.Canvas, set []*traces.Trace, past []stats.Point, now time.Time) {
	points := slices.Grow(slices.Clone(past), len(set))
	for _, t := range set {
		points = append(points, traffic.Point(t))
	}
	from, to := now.Add(-least), now
	for i := range points {
		at := points[i].At
		if at.Before(from) {
			from = at
		}
		if !at.Before(to) {
			to = at.Add(time.Millisecond)
		}
	}
	rows := c.H() - 1
	h := stats.NewHeatmap(points, from, to, c.W()-labels-2, rows)
	said := ""
	for r := range h.Count {
		y := rows - 1 - r
		if r == 0 || r == rows-1 || r == rows/2 && rows > 4 {
			if label := units.Latency(time.Duration(h.Low[r]) * time.Microsecond); label != said { // requests that all took their timeout
				c.Right(labels-1, y, label, theme.Faint)
				said = label
			}
		}
		for x, n := range h.Count[r] {
			ink := theme.Accent
			if h.Errors[r][x] > 0 {
				ink = theme.Fail
			}
			c.Text(labels+x, y, chart.Shade(n, h.Most), ink)
		}
	}
	c.Text(labels, rows, "−"+units.Span(to.Sub(from)), theme.Faint)
	c.Right(c.W()-2, rows, "now, "+units.Plural(len(points), "trace", "traces"), theme.Faint)
}
