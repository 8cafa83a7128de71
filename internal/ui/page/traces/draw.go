package traces

import (
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// draw draws the trace as its mode says, under a line that sums it up.
func (v *view) draw(w *page.World, c canvas.Canvas) {
	if v.trace == nil {
		v.drawWaiting(w, c)
		return
	}
	v.drawTitle(c.Rows(0, 1))
	c = c.Rows(2, c.H()-2)
	switch v.mode {
	case flameMode:
		v.drawFlame(c)
	case statsMode:
		v.drawStats(c)
	case compareMode:
		v.drawCompare(c)
	case spanMode:
		v.drawSheet(w, c)
	default:
		v.drawWaterfall(w, c)
	}
}

func (v *view) drawWaiting(w *page.World, c canvas.Canvas) {
	c.Center(c.H()/3, "trace "+sanitise.Line(v.id), theme.Text)
	text, ink := "waiting for its spans…", theme.Muted
	switch {
	case w.Session.Traces == nil:
		text, ink = "there is no collector to ask", theme.Warn
	case v.settled >= enough:
		text, ink = "✗ "+v.err, theme.Fail
	case v.err != "":
		text = v.err + " yet; still asking"
	}
	y := c.H()/3 + 2
	for _, line := range canvas.Wrap(text, min(c.W()-4, 76)) {
		c.Center(y, line, ink)
		y++
	}
	if k := w.KeyOf("back"); k != "" && v.settled >= enough {
		c.Center(y+1, k+" shows the list", theme.Muted)
	}
}

// drawTitle sums the trace up, and accounts for its spans.
func (v *view) drawTitle(c canvas.Canvas) {
	t := v.trace
	x := c.Text(1, 0, rootName(t), theme.Text|theme.Bold)
	x = c.Text(x+3, 0, units.Latency(micros(t.Duration())), theme.Accent|theme.Bold)
	parts := []string{
		time.UnixMicro(t.Start).UTC().Format("2 Jan 15:04:05.000"),
		fmt.Sprintf("%s in %s", units.Plural(t.Ledger.Received, "span", "spans"), units.Plural(len(t.Rows), "row", "rows")),
	}
	if v.arriving {
		parts = append(parts, "◌ still arriving")
	}
	parts = append(parts, units.Plural(len(t.Services), "service", "services"))
	if t.Ledger.Refused > 0 {
		parts = append(parts, fmt.Sprintf("%d unreadable", t.Ledger.Refused))
	}
	if t.Cut != "" {
		parts = append(parts, "cut: "+sanitise.Line(t.Cut))
	}
	end := c.W() - 1
	if text := failure(t); text != "" {
		end = c.Right(end, 0, "✗ "+text, theme.Fail|theme.Bold) - 2
	}
	for _, p := range parts {
		if x+3+canvas.Width(p) > end {
			break
		}
		x = c.Text(x+3, 0, p, theme.Muted)
	}
}

func (v *view) drawWaterfall(w *page.World, c canvas.Canvas) {
	free := c.H() - 1 - len(v.trace.Rows) // what the rows leave, they don't need
	pane := min(max(c.H()/3, free, 5), 14)
	if width := layoutWidth(c.W()); v.width != width {
		v.width, v.layout = width, nil
	}
	l := v.lay()
	c.Paint(1, 0, l.Axis())
	body := c.Rows(1, c.H()-pane-1)
	v.height = body.H()
	v.top = min(max(min(v.top, v.cursor), v.cursor-body.H()+1, 0), max(l.Len()-body.H(), 0))
	bars, width := l.Bars()
	for y, row := range l.Rows(v.top, v.top+body.H()) {
		line := body.Sub(0, y, c.W()-1, 1)
		if v.top+y == v.cursor {
			line.Ground(theme.Select)
		}
		line.Sub(1+bars, 0, width, 1).Track()
		line.Paint(1, 0, row.Cells)
		switch {
		case v.search != "" && contains(&v.trace.Rows[row.Index], v.search):
			line.Sub(0, 0, 1, 1).Text(0, 0, "▸", theme.Warn|theme.Bold)
		case v.critical && row.Path == 0:
			line.Tint(theme.Faint)
		}
		line.Zone(table.Zone(v.top + y))
		if row.Below || row.Fold != nil {
			line.Sub(row.Mark, 0, 3, 1).Zone(foldZone(v.top + y))
		}
	}
	body.Scrollbar(v.top, l.Len())
	v.drawSpan(w, c.Rows(c.H()-pane, pane))
}

// foldZone is the mark of a line that can be opened or closed.
type foldZone int

// layoutWidth is the waterfall's share of the page's width.
func layoutWidth(w int) int { return w - 3 }

// switches say what differs from the plain picture.
func (v *view) switches() string {
	var words []string
	for _, s := range []struct {
		on   bool
		word string
	}{
		{v.options.Focus > 0, "focus"}, {v.options.To > 0, "zoomed"}, {v.options.Gaps, "gaps cut"},
		{v.options.NoSkew, "clocks as recorded"}, {v.critical, "critical path"},
	} {
		if s.on {
			words = append(words, s.word)
		}
	}
	return strings.Join(words, " · ")
}
