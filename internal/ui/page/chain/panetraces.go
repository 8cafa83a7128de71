package chain

import (
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// shownTraces is how many of the newest traces the pane looks at.
const shownTraces = 8

// paneTraces are the link's part of the newest traces: a bar for each, as many as there is room for, or where that is
// little their numbers in one line. It returns how many rows they take.
func paneTraces(w *page.World, c canvas.Canvas, it item) int {
	rows := rowsOf(it.Service, w.Traffic.Recent)
	if len(rows) == 0 || c.H() < 1 {
		return 0
	}
	ink := func(r *traces.Row, well theme.Ink) theme.Ink {
		if r.Marks.Has(traces.Failed) {
			return theme.Fail
		}
		return well
	}
	c.Text(0, 0, "own time in the newest traces", theme.Muted)
	if c.H() < 3 {
		x := 29
		for _, r := range rows {
			text := units.Latency(time.Duration(r.Self) * time.Microsecond)
			if r.Marks.Has(traces.Failed) {
				text = "✗ " + text
			}
			if x+2+canvas.Width(text) > c.W() {
				break
			}
			x = c.Text(x+2, 0, text, ink(r, theme.Text))
		}
		return 1
	}
	rows = rows[:min(len(rows), c.H()-1)]
	longest := int64(1)
	for _, r := range rows {
		longest = max(longest, r.Self)
	}
	bar := min(max(c.W()-21, 4), 30)
	for i, r := range rows {
		c.Text(0, 1+i, time.UnixMicro(r.Start).UTC().Format("15:04:05.0"), theme.Faint)
		c.Text(12, 1+i, chart.Low(float64(r.Self)/float64(longest), bar), ink(r, theme.Shade+theme.Ink(it.Index%theme.SeriesCount)))
		c.Right(12+bar+9, 1+i, units.Latency(time.Duration(r.Self)*time.Microsecond), ink(r, theme.Text))
	}
	return 1 + len(rows)
}

// rowsOf are a service's rows of the newest traces, the first of each.
func rowsOf(service string, recent []*traces.Trace) (rows []*traces.Row) {
	for _, t := range recent[:min(len(recent), shownTraces)] {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Service() == service {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
}
