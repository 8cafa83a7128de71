// Package logs is the Logs page: lines of one link or all, as they are written.
package logs

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
)

// tailLines is how many lines of each container are shown to begin with: fewer of each when there are many.
const tailLines = 500

// Page is the Logs page.
type Page struct {
	link     int // -1 for all
	pod      string
	previous bool
	follow   bool
	wrap     bool
	times    bool
	raw      bool
	search   string
	missing  bool // no line that is shown has what is searched for
	seek     bool // the first line that has it is gone to, once it comes
	trace    sought

	buffer buffer
	cursor int
	top    int
	height int

	stream  int // number of the stream being read; lines of another one are late
	cancel  context.CancelFunc
	session *feed.Session
	onPage  bool
	err     string
	ended   bool
	halted  bool // nothing more is read: there was no room
}

// New is the page before anything is read.
func New() *Page { return &Page{link: -1, follow: true, times: true} }

// ID is "logs".
func (p *Page) ID() string { return "logs" }

// traceZone is a trace id in a line.
type traceZone string

type started struct {
	stream int
	lines  <-chan []feed.LogLine
	err    error
}

type batch struct {
	stream int
	lines  []feed.LogLine
	next   <-chan []feed.LogLine
	ended  bool
}

// Update takes lines, clicks, and what other pages want to see here.
func (p *Page) Update(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Shown:
		p.onPage = true
		if p.cancel == nil || p.session != w.Session {
			return p.restart(w)
		}
	case page.Hidden:
		p.onPage = false
	case page.Fresh:
		if p.session != nil && p.session != w.Session { // lines of another chain
			p.link, p.pod, p.previous = -1, "", false
			p.reset()
			if p.onPage {
				return p.restart(w)
			}
		}
	case page.Open:
		if msg.Link >= 0 || msg.Pod != "" || msg.Trace != "" {
			p.link, p.pod, p.previous, p.search = msg.Link, msg.Pod, false, msg.Trace
			p.trace = sought{msg.Trace, msg.From, msg.To}
			return p.restart(w)
		}
	case started:
		return p.started(msg)
	case batch:
		return p.take(msg)
	case page.Clicked:
		return p.clicked(w, msg)
	case page.Wheeled:
		p.move(msg.Delta)
	}
	return nil
}

func (p *Page) clicked(w *page.World, msg page.Clicked) tea.Cmd {
	switch id := msg.ID.(type) {
	case traceZone:
		return w.Send(page.Open{Page: "traces", Link: -1, Trace: string(id)})
	case table.Zone:
		p.cursor, p.follow, p.seek = int(id), false, false
		if msg.Double {
			return p.openTrace(w)
		}
	}
	return nil
}

func (p *Page) stop() {
	if p.cancel != nil {
		p.cancel()
	}
	p.cancel = nil
	p.stream++
}

// reset stops reading, and forgets what was read.
func (p *Page) reset() {
	p.stop()
	p.session = nil
	p.buffer = buffer{least: p.buffer.least}
	p.cursor, p.top, p.err, p.ended, p.halted, p.follow = 0, 0, "", false, false, true
	p.seek, p.missing = p.search != "" && p.search == p.trace.id, p.search != ""
}

// restart reads anew, by what is asked for now.
func (p *Page) restart(w *page.World) tea.Cmd {
	p.reset()
	p.session = w.Session
	source := w.Session.Logs
	if source == nil {
		p.err = "there is no source of logs"
		return nil
	}
	q := feed.LogQuery{Pod: p.pod, Previous: p.previous, Follow: !p.previous, Tail: tailLines}
	if p.link >= 0 {
		q.Links = []int{p.link}
	} else if n := len(w.Snap.Links); n > 10 {
		q.Tail = max(int64(tailLines*10/n), 20)
	}
	if p.seeking() { // what has come since may be more than any number of last lines
		q.Tail, q.Since = 0, w.Since(p.trace.from.Add(-around))
	}
	ctx, cancel := context.WithCancel(w.Ctx)
	p.cancel = cancel
	stream := p.stream
	return w.Work.Do(func() tea.Msg {
		lines, err := source.Follow(ctx, q)
		return started{stream, lines, err}
	})
}

func (p *Page) started(msg started) tea.Cmd {
	if msg.stream != p.stream {
		return nil
	}
	if msg.err != nil {
		p.err = msg.err.Error()
		return nil
	}
	return next(msg.stream, msg.lines)
}

// next waits for lines. The source ends the channel when its context ends.
func next(stream int, lines <-chan []feed.LogLine) tea.Cmd {
	return func() tea.Msg {
		b, ok := <-lines
		return batch{stream, b, lines, !ok}
	}
}

func (p *Page) take(msg batch) tea.Cmd {
	switch {
	case msg.stream != p.stream && !msg.ended:
		return next(msg.stream, msg.next) // drain what is late, so that its source can end
	case msg.stream != p.stream:
		return nil
	case msg.ended:
		p.ended = true
		return nil
	}
	if p.seeking() && !p.follow && len(p.buffer.all)+len(msg.lines) > kept {
		p.halt()
	} else {
		p.add(msg.lines)
	}
	return next(msg.stream, msg.next)
}

func (p *Page) add(raw []feed.LogLine) {
	lines := make([]logline.Line, len(raw))
	for i, l := range raw {
		lines[i] = logline.Read(l)
		if p.missing && p.buffer.wanted(&lines[i]) && p.wanted()(&lines[i]) {
			p.missing = false
		}
	}
	if p.follow || p.cursor < 0 || p.cursor >= len(p.buffer.shown) {
		p.buffer.add(lines)
		p.cursor = max(len(p.buffer.shown)-1, 0)
	} else {
		line := *p.buffer.at(p.cursor)
		p.buffer.add(lines)
		p.cursor = p.buffer.near(line, p.cursor)
	}
	if p.seek && !p.missing {
		p.seek = false
		p.goTo(p.buffer.find(p.wanted(), 0, 1))
	}
}

func (p *Page) move(by int) {
	p.seek = false
	last := max(len(p.buffer.shown)-1, 0)
	p.cursor = min(max(p.cursor+by, 0), last)
	if by < 0 {
		p.follow = false
	} else if p.cursor == last {
		p.follow = (p.follow || by > 0) && !p.halted
	}
}

// Chosen is the line under the cursor.
func (p *Page) Chosen(*page.World) page.Chosen {
	c := page.Chosen{Link: p.link, Pod: p.pod}
	if p.cursor >= 0 && p.cursor < len(p.buffer.shown) {
		c.Copy = p.buffer.at(p.cursor).Raw
	}
	return c
}

// Crumbs are what is read.
func (p *Page) Crumbs(*page.World) []string {
	what := "all links"
	switch {
	case p.pod != "":
		what = p.pod
	case p.link >= 0:
		what = fmt.Sprintf("link %d", p.link)
	}
	if p.previous {
		what += ", previous container"
	}
	return []string{what}
}

// Back has nothing to leave: which link is read stays as it was chosen.
func (p *Page) Back(*page.World) bool { return false }
