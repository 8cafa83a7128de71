// Package traces is the Traces page: the newest traces as a list with a heatmap, and the waterfall of one.
package traces

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// Page is the Traces page: the list, and over it the trace that is open.
type Page struct {
	list list
	open *view // nil while the list is shown

	hidden  bool // another page is on screen
	session *feed.Session
}

// New is the page before anything is known.
func New() *Page { return &Page{list: newList()} }

// ID is "traces".
func (p *Page) ID() string { return "traces" }

// Update takes traces, clicks, and what other pages want to see here.
func (p *Page) Update(w *page.World, msg tea.Msg) tea.Cmd {
	cmd := p.update(w, msg)
	return tea.Batch(cmd, p.attend(w))
}

// attend lets the trace that is open read what belongs to the span under the cursor.
func (p *Page) attend(w *page.World) tea.Cmd {
	if p.open == nil || p.hidden {
		return nil
	}
	return p.open.attend(w)
}

// show opens a trace in place of the one that is open; nil shows the list.
func (p *Page) show(v *view) {
	if p.open != nil {
		p.open.logs.stop()
	}
	p.open = v
}

func (p *Page) update(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Shown:
		p.hidden = false
	case page.Hidden:
		p.hidden = true
		if p.open != nil {
			p.open.logs.forget()
		}
	case page.Open:
		return p.opened(w, msg)
	case page.Fresh:
		p.arrived(w)
		if msg.Traffic {
			p.list.gather(w)
		}
		if p.open != nil && !p.hidden && (msg.Traffic || p.open.since.IsZero()) {
			return p.open.refresh(w)
		}
	case again:
		if p.open == msg.view && !p.hidden {
			return p.open.refresh(w)
		}
	case fetched:
		if p.open != nil {
			return p.open.fetched(w, msg)
		}
	case rested:
		if p.open == msg.view {
			return p.open.readLog(w, msg)
		}
	case logRead:
		if p.open == msg.view {
			p.open.logRead(msg)
		}
	case named:
		p.list.services = msg.services
	case searched:
		p.list.searched(w, msg)
	case page.Clicked, page.Wheeled:
		if p.open != nil {
			return p.open.mouse(w, msg)
		}
		return p.listMouse(w, msg)
	}
	return nil
}

// arrived forgets what was of another chain, once there is a new session. One of the same chain, after a login, goes on.
func (p *Page) arrived(w *page.World) {
	was := p.session
	p.session = w.Session
	switch {
	case was == nil || was == w.Session:
	case was.Context == w.Session.Context && was.Namespace == w.Session.Namespace:
		if p.open != nil {
			p.open.settled, p.open.missed, p.open.since = 0, 0, time.Time{}
		}
	default:
		p.show(nil)
		p.list.services = nil
		p.list.reset(w)
	}
}

func (p *Page) opened(w *page.World, o page.Open) tea.Cmd {
	switch {
	case o.Trace != "":
		p.show(newView(o.Trace, p.list.find(o.Trace)))
		p.open.link = o.Link
		return p.open.refresh(w)
	case o.Link >= 0:
		p.show(nil)
		p.list.setLink(w, o.Link)
	}
	return nil
}

// Do performs one of the dashboard's own actions.
func (p *Page) Do(w *page.World, id string) tea.Cmd {
	cmd := p.do(w, id)
	return tea.Batch(cmd, p.attend(w))
}

func (p *Page) do(w *page.World, id string) tea.Cmd {
	if p.open != nil {
		return p.open.do(w, id, p.list.against(p.open.id))
	}
	if id == "open" {
		if t := p.list.chosen(); t != nil {
			p.show(newView(t.ID, t))
			return p.open.refresh(w)
		}
		return nil
	}
	return p.list.do(w, id)
}

// Disabled tells why an action makes no sense now.
func (p *Page) Disabled(w *page.World, id string) string {
	if id == "show.logs" && w.Session.Logs == nil {
		return "there are no logs here"
	}
	if p.open != nil {
		return p.open.disabled(id)
	}
	switch id {
	case "trace.zoomin", "trace.zoomout", "trace.fit", "trace.focus", "trace.gaps", "trace.critical",
		"trace.skew", "trace.flame", "trace.stats", "trace.fold", "find.next", "find.previous", "show.logs", "trace.save":
		return "open a trace first"
	case "open", "trace.compare":
		if p.list.chosen() == nil {
			return "no trace is chosen"
		}
	case "traces.query":
		if w.Session.Traces == nil {
			return "there is no collector to ask"
		}
		if w.Snap.Conn.Phase == state.NoCluster {
			return "a file is shown whole; / finds in its list"
		}
	}
	return ""
}

// Chosen is the trace, or the span of it, under the cursor.
func (p *Page) Chosen(w *page.World) page.Chosen {
	if p.open != nil {
		return p.open.chosen(w)
	}
	if t := p.list.chosen(); t != nil {
		return page.Chosen{Link: -1, Copy: t.ID}
	}
	return page.Nothing
}

// Crumbs are the query and the trace that is open.
func (p *Page) Crumbs(*page.World) []string {
	var crumbs []string
	if text := p.list.words(); text != "" {
		crumbs = append(crumbs, text)
	}
	if p.open != nil {
		crumbs = append(crumbs, canvas.Cut(p.open.id, 9))
		if text := p.open.mode.String(); text != "" {
			crumbs = append(crumbs, text)
		}
	}
	return crumbs
}

// Back closes what is open, then forgets the query.
func (p *Page) Back(w *page.World) bool {
	switch {
	case p.open != nil && p.open.back():
	case p.open != nil:
		p.show(nil)
	default:
		return p.list.reset(w)
	}
	return true
}

// Filter is the text that rows have to contain.
func (p *Page) Filter() string {
	if p.open != nil {
		return p.open.search
	}
	return p.list.filter
}

// SetFilter filters the list, or searches in the trace.
func (p *Page) SetFilter(w *page.World, text string) tea.Cmd {
	if p.open != nil {
		p.open.find(text)
		return p.attend(w)
	}
	p.list.filter = text
	p.list.gather(w)
	return nil
}

// Draw draws the list or the trace.
func (p *Page) Draw(w *page.World, c canvas.Canvas) {
	if p.open != nil {
		p.open.draw(w, c)
		return
	}
	p.list.draw(w, c)
}
