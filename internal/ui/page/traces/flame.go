package traces

import (
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawFlame draws all spans stacked: a row is a depth, a block is a span as long as it took.
func (v *view) drawFlame(c canvas.Canvas) {
	t := v.trace
	whole := t.Duration()
	if whole <= 0 {
		c.Center(c.H()/3, "this trace has no times", theme.Muted)
		return
	}
	body := c.Inset(1, 0)
	x := func(at int64) int { return int(float64(at-t.Start) / float64(whole) * float64(body.W())) }
	deepest, chosen, names := 0, v.row(), shortname.Names(t.Services)
	for i := range t.Rows {
		deepest = max(deepest, t.Rows[i].Depth)
	}
	window := table.Table{Top: v.top}
	if chosen >= 0 {
		window.At = t.Rows[chosen].Depth
	}
	window.Show(body.H(), deepest+1)
	v.top = window.Top
	for i := range t.Rows {
		r := &t.Rows[i]
		if y := r.Depth - v.top; r.Start > 0 && y >= 0 && y < body.H() {
			from, to := x(r.Start), x(r.End())
			block := body.Sub(from, y, max(to-from, 1), 1)
			drawBlock(block, r, names[r.Service()], i == chosen)
			block.Zone(spanZone(i))
		}
	}
	body.Scrollbar(v.top, deepest+1)
}

// spanZone is a span, by its row in the trace.
type spanZone int

// point puts the cursor on a span that was pointed at.
func (v *view) point(row int) {
	if line := v.reveal(row); line >= 0 {
		v.cursor, v.link = line, -1
	}
}

func drawBlock(c canvas.Canvas, r *traces.Row, name string, chosen bool) {
	ink := theme.Series + theme.Ink(paint.SeriesOf(r.Service()))
	if r.Marks.Has(traces.Failed) {
		ink = theme.Fail
	}
	if chosen {
		ink = theme.Accent | theme.Bold
	}
	c.Row(0, 0, c.W(), " ", ink|theme.Reverse)
	c.Row(c.W()-1, 0, 1, "▕", ink|theme.Reverse)
	text := " " + name + " " + units.Latency(micros(r.Duration))
	if canvas.Width(text) >= c.W() { // the name says more than half a number
		text = " " + canvas.Middle(name, c.W()-2)
	}
	if c.W() > 6 {
		c.Text(0, 0, text, ink|theme.Reverse)
	}
}
