package traces

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

var statsColumns = []table.Column{
	{Title: "service", Min: 16, Max: 40, Mid: true},
	{Title: "on the critical path", Min: 20, Max: 60},
	{Title: "", Min: 8, Right: true},
	{Title: "share", Min: 6, Right: true},
	{Title: "spans", Min: 6, Right: true, Drop: 1},
	{Title: "own time", Min: 9, Right: true},
	{Title: "total", Min: 9, Right: true, Drop: 2},
	{Title: "errors", Min: 6, Right: true},
}

// numbers are a trace's statistics and its comparison. They are worked out once, and have a cursor of their own.
type numbers struct {
	table    table.Table
	rows     int              // of what was drawn last
	shares   []critical.Share // of the critical path
	services map[string]stats.Service
	set      []*traces.Trace // what the trace is compared with
	compared *compare.Result
}

// forget makes them be worked out anew: the trace has grown.
func (n *numbers) forget() { n.shares, n.compared = nil, nil }

func (n *numbers) mouse(msg tea.Msg) {
	switch msg := msg.(type) {
	case page.Clicked:
		if i, ok := msg.ID.(table.Zone); ok {
			n.table.At = int(i)
		}
	case page.Wheeled:
		n.table.Move(msg.Delta, n.rows)
	}
}

// count works the statistics out.
func (n *numbers) count(t *traces.Trace) {
	if n.shares != nil {
		return
	}
	n.shares, n.services = critical.Shares(t, critical.Path(t)), map[string]stats.Service{}
	for _, s := range stats.Of([]*traces.Trace{t}).Services {
		n.services[s.Name] = s
	}
}

// drawStats draws where the time went, per service: the critical path's shares, which add up to the whole.
func (v *view) drawStats(c canvas.Canvas) {
	n := &v.numbers
	n.count(v.trace)
	n.rows, n.table.Columns = len(n.shares), statsColumns
	names := shortname.Names(v.trace.Services)
	whole := float64(max(v.trace.Duration(), 1))
	n.table.Draw(c, n.rows, -1, false, func(i int) table.Row {
		s := n.shares[i]
		name, ink := names[s.Service], theme.Series+theme.Ink(paint.SeriesOf(s.Service))
		switch {
		case s.Network:
			name, ink = "on the network", theme.Muted
		case name == "":
			name = "not received"
		}
		row := table.Row{
			{Text: name, Ink: ink},
			{Bar: float64(s.Self) / whole, Ink: ink},
			{Text: units.Latency(micros(s.Self)), Ink: theme.Text},
			{Text: units.Percent(float64(s.Self) / whole), Ink: theme.Text},
		}
		if k, ok := n.services[s.Service]; ok && !s.Network {
			row = append(row,
				table.Cell{Text: units.Count(k.Time.Count), Ink: theme.Muted},
				table.Cell{Text: units.Latency(micros(k.Self.P50)), Ink: theme.Muted},
				table.Cell{Text: units.Latency(micros(k.Time.P50)), Ink: theme.Muted},
				table.Cell{Text: fmt.Sprint(k.Time.Errors), Ink: failed(k.Time.Errors)})
		}
		return row
	})
}

func failed(n int) theme.Ink {
	if n > 0 {
		return theme.Fail
	}
	return theme.Muted
}

// drawCompare draws what each call adds, its own time and the network's, in this trace and in the median of the list's.
func (v *view) drawCompare(c canvas.Canvas) {
	n := &v.numbers
	if n.compared == nil {
		n.compared = &compare.Result{}
		if peers := compare.Peers(v.trace, n.set); len(peers) > 0 {
			*n.compared = compare.Traces(v.trace, peers)
		}
	}
	result := n.compared
	n.rows = len(result.Rows)
	if result.Set == 0 {
		c.Center(c.H()/3, "there are no other traces in the list to compare with", theme.Muted)
		return
	}
	other, column, slower := fmt.Sprintf("median of %d traces", result.Set), "median", "slower than the median"
	if result.Set == 1 {
		other, column, slower = "the other trace", "other", "slower than the other"
	}
	c.Text(1, 0, fmt.Sprintf("this trace %s   %s %s", units.Latency(micros(result.A)), other, units.Latency(micros(result.B))), theme.Text)
	most := int64(1)
	var services []string // of both sides
	for i := range result.Rows {
		services = append(services, result.Rows[i].Service)
		most = max(most, result.Rows[i].Delta(), -result.Rows[i].Delta())
	}
	names := shortname.Names(services)
	name := min(max(c.W()/3, 24), 60)
	half := max((c.W()-name-30)/2, 4)
	bar := max(half-18, 3) // what is said beside it needs the rest
	middle := name + 24 + half
	c.Text(1, 2, "own time + network", theme.Muted)
	c.Right(name+10, 2, "this", theme.Muted)
	c.Right(name+21, 2, column, theme.Muted)
	c.Right(middle, 2, "faster", theme.Muted)
	if canvas.Width(slower) > c.W()-middle-1 {
		slower = "slower"
	}
	c.Text(middle+1, 2, slower, theme.Muted)
	body := c.Rows(3, c.H()-3)
	n.table.Show(body.H(), n.rows)
	for i := n.table.Top; i < min(n.table.Top+body.H(), n.rows); i++ {
		line := body.Rows(i-n.table.Top, 1)
		if i == n.table.At {
			line.Ground(theme.Select)
		}
		line.Zone(table.Zone(i))
		drawPair(line, &result.Rows[i], names, name, middle, bar, most, i == result.Largest)
	}
	body.Scrollbar(n.table.Top, n.rows)
}

func drawPair(c canvas.Canvas, r *compare.Row, names map[string]string, name, middle, bar int, most int64, loudest bool) {
	ink := theme.Series + theme.Ink(paint.SeriesOf(r.Service))
	x := 1 + 2*min(r.Depth, 8)
	end := c.Text(x, 0, canvas.Cut(names[r.Service], name-x), ink)
	c.Text(end+1, 0, canvas.Cut(sanitise.Line(r.Name), max(name-end-1, 0)), theme.Muted)
	say := func(at int, s compare.Side) {
		if s.Present {
			c.Right(at, 0, units.Latency(micros(s.Hop())), theme.Text)
		} else {
			c.Right(at, 0, "absent", theme.Warn)
		}
	}
	say(name+10, r.A)
	say(name+21, r.B)
	c.Text(middle, 0, "│", theme.Border)
	delta := r.Delta()
	// says is the difference, and whose it is where there is room for that.
	says := func(sign string, room int) string {
		text := sign + units.Latency(micros(delta))
		if by := " network"; r.ByNetwork() && canvas.Width(text+by) <= room {
			text += by
		}
		return text
	}
	switch share := float64(delta) / float64(most); {
	case delta > 0:
		ink := theme.Muted
		if loudest {
			ink = theme.Warn
		}
		end := c.Text(middle+1, 0, chart.Bar(share, bar), ink)
		c.Text(end+1, 0, says("+", c.W()-end-1), ink)
	case delta < 0:
		ink := theme.Muted
		if loudest {
			ink = theme.OK
		}
		n := int(-share * float64(bar))
		c.Row(middle-n, 0, n, "█", ink)
		c.Right(middle-n-1, 0, says("", middle-n-1-(name+22)), ink) // it must not touch the median
	}
}
