package traces

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/ui/canvas"
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
