// Package events is the Events page: what Kubernetes says about the chain's objects, joined to its links.
package events

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

var columns = []table.Column{
	{Title: "age", Min: 4, Right: true},
	{Title: "link", Min: 4, Right: true},
	{Title: "reason", Min: 19, Max: 22},
	{Title: "times", Min: 5, Right: true},
	{Title: "message", Min: 24, Max: 140},
	{Title: "object", Min: 20, Max: 26, Drop: 1, Mid: true},
}

// Page is the Events page.
type Page struct {
	list     table.List[*state.Event]
	filter   string
	warnings bool
}

// New is the page before anything is known.
func New() *Page {
	return &Page{list: table.List[*state.Event]{Table: table.Table{Columns: columns}, Key: key, Newest: true}}
}

// key tells events apart: one that is repeated stays the same.
func key(e *state.Event) string {
	return strings.Join([]string{e.Kind, e.Name, e.Reason, e.Message, e.First.String()}, "\x00")
}

// ID is "events".
func (p *Page) ID() string { return "events" }

// Update takes snapshots and clicks.
func (p *Page) Update(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Fresh:
		if msg.Snapshot {
			p.gather(w)
		}
	case page.Clicked:
		if id, ok := msg.ID.(table.Zone); ok {
			p.list.Go(int(id))
			if msg.Double {
				return p.Do(w, "open")
			}
		}
	case page.Wheeled:
		p.list.Move(msg.Delta)
	}
	return nil
}

// gather makes the rows anew: warnings first, each of them newest first.
func (p *Page) gather(w *page.World) {
	var rows []*state.Event
	for i := range w.Snap.Events {
		e := &w.Snap.Events[i]
		if p.warnings && !e.Warning {
			continue
		}
		text := strings.ToLower(e.Reason + " " + e.Message + " " + e.Kind + "/" + e.Name)
		if p.filter == "" || strings.Contains(text, strings.ToLower(p.filter)) {
			rows = append(rows, e)
		}
	}
	slices.SortStableFunc(rows, func(a, b *state.Event) int {
		switch {
		case a.Warning == b.Warning:
			return 0
		case a.Warning:
			return -1
		}
		return 1
	})
	p.list.Set(rows)
}

// event is the one under the cursor; nil when there is none.
func (p *Page) event() *state.Event {
	e, _ := p.list.Chosen()
	return e
}

// Do performs one of the dashboard's own actions.
func (p *Page) Do(w *page.World, id string) tea.Cmd {
	e := p.event()
	switch id {
	case "events.warnings":
		p.warnings = !p.warnings
		p.gather(w)
	case "open":
		if e.Kind == "Pod" {
			return w.Send(page.Open{Page: "pods", Link: e.Link, Pod: e.Name})
		}
		return w.Send(page.Open{Page: "pods", Link: e.Link})
	case "show.logs":
		if e.Link < 0 {
			return w.Send(page.Open{Page: "logs", Link: -1, Pod: e.Name})
		}
		return w.Send(page.Open{Page: "logs", Link: e.Link})
	default:
		p.list.Do(id)
	}
	return nil
}

// Disabled tells why an action makes no sense now.
func (p *Page) Disabled(_ *page.World, id string) string {
	if id != "open" && id != "show.logs" {
		return ""
	}
	switch e := p.event(); {
	case e == nil:
		return "no event is chosen"
	case e.Link < 0 && e.Kind != "Pod":
		return "this event is about no link, and no pod"
	}
	return ""
}

// Chosen is the event under the cursor.
func (p *Page) Chosen(*page.World) page.Chosen {
	e := p.event()
	if e == nil {
		return page.Nothing
	}
	return page.Chosen{Link: e.Link, Copy: fmt.Sprintf("%s/%s %s: %s", e.Kind, e.Name, e.Reason, e.Message)}
}

// Crumbs tell when only warnings are shown.
func (p *Page) Crumbs(*page.World) []string {
	if p.warnings {
		return []string{"only warnings"}
	}
	return nil
}

// Back shows all events again.
func (p *Page) Back(w *page.World) bool {
	was := p.warnings
	p.warnings = false
	p.gather(w)
	return was
}

// Filter is the text that events have to contain.
func (p *Page) Filter() string { return p.filter }

// SetFilter changes it.
func (p *Page) SetFilter(w *page.World, text string) tea.Cmd {
	p.filter = text
	p.gather(w)
	return nil
}

// Draw draws the table, and the whole message of the chosen event below it.
func (p *Page) Draw(w *page.World, c canvas.Canvas) {
	e := p.event()
	if e == nil {
		p.drawNothing(w, c)
		return
	}
	lines := canvas.Wrap(e.Message, c.W()-4)
	pane := min(len(lines), 4) + 2
	p.list.Draw(c.Rows(0, c.H()-pane), -1, false, func(e *state.Event) table.Row { return row(w, e) })
	below := c.Rows(c.H()-pane, pane)
	below.Rule(0, e.Kind+" "+e.Name, theme.Border, theme.Accent)
	for y, line := range lines[:pane-2] {
		below.Text(1, y+1, line, theme.Text)
	}
	below.Text(1, pane-1, fmt.Sprintf("from %s, %s over %s", e.Source, units.Plural(e.Count, "time", "times"), units.Span(e.Time.Sub(e.First))), theme.Muted)
}

// drawNothing says why there are no events.
func (p *Page) drawNothing(w *page.World, c canvas.Canvas) {
	y := c.H() / 3
	if d, denied := w.Snap.Conn.Denial(state.Events); denied {
		c.Center(y, canvas.Cut("✗ "+d.String(), c.W()-2), theme.Fail)
		c.Center(y+1, "Ask for a Role with this right; the other pages do without.", theme.Muted)
		return
	}
	if !w.Snap.EventsRead {
		c.Center(y, "reading…", theme.Muted)
		return
	}
	c.Center(y, "no events", theme.Muted)
	if p.filter != "" || p.warnings {
		c.Center(y+1, "esc shows all of them", theme.Faint)
	}
}

func row(w *page.World, e *state.Event) table.Row {
	symbol, ink := "  ", theme.Muted
	if e.Warning {
		symbol, ink = "▲ ", theme.Warn
	}
	link, times := "·", ""
	if e.Link >= 0 {
		link = fmt.Sprint(e.Link)
	}
	if e.Count > 1 {
		times = "×" + units.Count(e.Count)
	}
	message := theme.Muted
	if e.Warning {
		message = theme.Text
	}
	return table.Row{
		{Text: units.Age(w.Now, e.Time), Ink: theme.Muted},
		{Text: link, Ink: theme.Of(e.Link)},
		{Text: symbol + e.Reason, Ink: ink},
		{Text: times, Ink: theme.Text},
		{Text: e.Message, Ink: message},
		{Text: e.Kind + "/" + e.Name, Ink: theme.Muted},
	}
}
