package traces

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// comparison is what the lines of a comparison have in common: where things stand, and what bars are measured by.
type comparison struct {
	name   int   // cells of the calls' names; both times follow
	middle int   // column between what is faster, to the left, and what is slower
	bar    int   // cells of the longest bar
	most   int64 // µs that it stands for
	names  map[string]string
}

// Columns before which the two times end, counted from the end of the names.
const thisEnds, otherEnds = 10, 21

func (n *numbers) compare(v *view) *compare.Result {
	if n.compared == nil {
		n.compared = &compare.Result{}
		if peers := compare.Peers(v.trace, n.set); len(peers) > 0 {
			*n.compared = compare.Traces(v.trace, peers)
		}
	}
	return n.compared
}

// drawCompare draws what each call adds, its own time and the network's, in this trace and in the median of the list's.
func (v *view) drawCompare(c canvas.Canvas) {
	n := &v.numbers
	result := n.compare(v)
	n.rows = len(result.Rows)
	if result.Set == 0 {
		c.Center(c.H()/3, "there are no other traces in the list to compare with", theme.Muted)
		return
	}
	cmp := newComparison(result, c.W())
	cmp.drawHead(c, result)
	body := c.Rows(3, c.H()-3)
	n.table.Show(body.H(), n.rows)
	for i := n.table.Top; i < min(n.table.Top+body.H(), n.rows); i++ {
		line := body.Rows(i-n.table.Top, 1)
		if i == n.table.At {
			line.Ground(theme.Select)
		}
		line.Zone(table.Zone(i))
		cmp.draw(line, &result.Rows[i], i == result.Largest)
	}
	body.Scrollbar(n.table.Top, n.rows)
}

func newComparison(result *compare.Result, width int) comparison {
	cmp := comparison{most: 1, name: min(max(width/3, 24), 60)}
	var services []string // of both sides
	for i := range result.Rows {
		r := &result.Rows[i]
		services = append(services, r.Service)
		cmp.most = max(cmp.most, r.Delta(), -r.Delta())
	}
	cmp.names = shortname.Names(services)
	half := max((width-cmp.name-30)/2, 4)
	cmp.bar = max(half-18, 3) // what is said beside it needs the rest
	cmp.middle = cmp.name + otherEnds + 3 + half
	return cmp
}

func (cmp *comparison) drawHead(c canvas.Canvas, result *compare.Result) {
	other, column, slower := fmt.Sprintf("median of %d traces", result.Set), "median", "slower than the median"
	if result.Set == 1 {
		other, column, slower = "the other trace", "other", "slower than the other"
	}
	c.Text(1, 0, fmt.Sprintf("this trace %s   %s %s", units.Latency(micros(result.A)), other, units.Latency(micros(result.B))), theme.Text)
	c.Text(1, 2, "own time + network", theme.Muted)
	c.Right(cmp.name+thisEnds, 2, "this", theme.Muted)
	c.Right(cmp.name+otherEnds, 2, column, theme.Muted)
	c.Right(cmp.middle, 2, "faster", theme.Muted)
	if canvas.Width(slower) > c.W()-cmp.middle-1 {
		slower = "slower"
	}
	c.Text(cmp.middle+1, 2, slower, theme.Muted)
}

func (cmp *comparison) draw(c canvas.Canvas, r *compare.Row, largest bool) {
	x := 1 + 2*min(r.Depth, 8)
	end := c.Text(x, 0, canvas.Cut(cmp.names[r.Service], cmp.name-x), theme.Series+theme.Ink(paint.SeriesOf(r.Service)))
	c.Text(end+1, 0, canvas.Cut(sanitise.Line(r.Name), max(cmp.name-end-1, 0)), theme.Muted)
	drawSide(c, cmp.name+thisEnds, r.A)
	drawSide(c, cmp.name+otherEnds, r.B)
	c.Text(cmp.middle, 0, "│", theme.Border)
	delta := r.Delta()
	ink := theme.Muted
	switch {
	case largest && delta > 0:
		ink = theme.Warn
	case largest:
		ink = theme.OK
	}
	share := float64(delta) / float64(cmp.most)
	switch {
	case delta > 0:
		c.Sub(cmp.middle+1, 0, cmp.bar, 1).Track()
		end := c.Text(cmp.middle+1, 0, chart.Bar(share, cmp.bar), ink)
		c.Text(end+1, 0, difference(r, c.W()-end-1), ink)
	case delta < 0:
		begin := cmp.middle - int(-share*float64(cmp.bar))
		c.Sub(cmp.middle-cmp.bar, 0, cmp.bar, 1).Track()
		c.Row(begin, 0, cmp.middle-begin, "█", ink)
		c.Right(begin-1, 0, difference(r, begin-1-(cmp.name+otherEnds+1)), ink) // it must not touch the median
	}
}

// drawSide draws a call's time so that it ends before column x.
func drawSide(c canvas.Canvas, x int, s compare.Side) {
	if s.Present {
		c.Right(x, 0, units.Latency(micros(s.Hop())), theme.Text)
		return
	}
	c.Right(x, 0, "absent", theme.Warn)
}

// difference says by how much a call is slower or faster, and whether by the network where there is room for that.
func difference(r *compare.Row, room int) string {
	text := units.Latency(micros(r.Delta()))
	if r.Delta() > 0 {
		text = "+" + text
	}
	if by := " network"; r.ByNetwork() && canvas.Width(text+by) <= room {
		text += by
	}
	return text
}
