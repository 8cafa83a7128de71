package traces

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
)

// list is the traces found, and how they are chosen: the newest ones as they come, or the answer to a query.
type list struct {
	table   table.Table
	rows    []*traces.Trace // as shown
	found   []*traces.Trace // the answer to the query; nil without one
	query   *zipkin.Query
	err     string
	asking  int // number of the question under way; answers to others are late
	link    int // only traces in which it took part; -1 for all
	filter  string
	errors  bool
	slowest bool
	paused  bool
	at      string // id of the trace under the cursor, which stays there when rows move
}

func newList() list { return list{table: table.Table{Columns: columns}, link: -1} }

// gather makes the rows anew.
func (l *list) gather(w *page.World) {
	if l.paused {
		return
	}
	l.rows = l.rows[:0:0]
	for _, t := range l.all(w) {
		if l.wanted(t) {
			l.rows = append(l.rows, t)
		}
	}
	if l.slowest {
		slices.SortStableFunc(l.rows, func(a, b *traces.Trace) int { return cmp.Compare(b.Duration(), a.Duration()) })
	}
	l.stay()
}

func (l *list) all(w *page.World) []*traces.Trace {
	if l.query != nil {
		return l.found
	}
	return w.Traffic.Recent
}

func (l *list) wanted(t *traces.Trace) bool {
	switch {
	case l.errors && t.Origin < 0:
		return false
	case l.link >= 0 && !slices.Contains(t.Services, chain.ServiceName(l.link)):
		return false
	case l.filter == "":
		return true
	}
	text := strings.ToLower(t.ID + " " + rootName(t) + " " + strings.Join(t.Services, " ") + " " + failure(t))
	return strings.Contains(text, strings.ToLower(l.filter))
}

// stay keeps the cursor on its trace; at the top it stays at the top, where the newest comes in.
func (l *list) stay() {
	if l.table.At > 0 {
		for i, t := range l.rows {
			if t.ID == l.at {
				l.table.At = i
				return
			}
		}
	}
	l.table.Move(0, len(l.rows))
	l.remember()
}

func (l *list) remember() {
	if t := l.chosen(); t != nil {
		l.at = t.ID
	}
}

func (l *list) chosen() *traces.Trace {
	if l.table.At < 0 || l.table.At >= len(l.rows) {
		return nil
	}
	return l.rows[l.table.At]
}

func (l *list) find(id string) *traces.Trace {
	for _, t := range l.rows {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (l *list) setLink(w *page.World, link int) {
	l.link, l.filter = link, ""
	l.gather(w)
}

// reset forgets the query, and tells whether there was one.
func (l *list) reset(w *page.World) bool {
	was := l.query != nil || l.link >= 0 || l.errors || l.paused
	l.query, l.link, l.errors, l.paused, l.err = nil, -1, false, false, ""
	l.gather(w)
	return was
}

// words are what the list is limited to.
func (l *list) words() string {
	var words []string
	if l.link >= 0 {
		words = append(words, fmt.Sprintf("of link %d", l.link))
	}
	if l.query != nil {
		words = append(words, "query")
	}
	if l.errors {
		words = append(words, "only errors")
	}
	if l.slowest {
		words = append(words, "slowest first")
	}
	if l.paused {
		words = append(words, "paused")
	}
	return strings.Join(words, ", ")
}

func (l *list) do(w *page.World, id string) tea.Cmd {
	switch id {
	case "traces.errors":
		l.errors = !l.errors
	case "traces.sort":
		l.slowest = !l.slowest
	case "traces.pause":
		l.paused = !l.paused
	case "traces.query":
		return w.Send(page.Ask{Title: "Find traces", Help: "Asks the collector; esc on the list returns to the newest traces.",
			Params: queryParams(), Done: func(w *page.World, args map[string]string) tea.Cmd { return l.ask(w, args) }})
	default:
		l.table.Do(id, len(l.rows))
		l.remember()
		return nil
	}
	l.gather(w)
	return nil
}

type searched struct {
	number int
	found  zipkin.Search
	err    error
}

// searchTimeout bounds one question.
const searchTimeout = 10 * time.Second

// ask asks the collector by a form's values.
func (l *list) ask(w *page.World, args map[string]string) tea.Cmd {
	q, err := parseQuery(args)
	if err != nil {
		return w.Send(page.Tell{Text: err.Error(), Bad: true})
	}
	l.asking++
	l.query, l.found, l.err = &q, nil, ""
	l.gather(w)
	number, source, parent := l.asking, w.Session.Traces, w.Ctx
	return w.Work.Do(func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, searchTimeout)
		defer cancel()
		found, err := source.Traces(ctx, q)
		return searched{number, found, err}
	})
}

func (l *list) searched(w *page.World, msg searched) {
	if msg.number != l.asking || l.query == nil {
		return
	}
	if msg.err != nil {
		l.err = sanitise.Line(msg.err.Error())
	}
	l.found = l.found[:0]
	for _, spans := range msg.found.Traces {
		l.found = append(l.found, traces.BuildList(spans))
	}
	l.gather(w)
}

// listMouse takes clicks and the wheel on the list.
func (p *Page) listMouse(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Clicked:
		if i, ok := msg.ID.(table.Zone); ok {
			p.list.table.At = int(i)
			p.list.remember()
			if msg.Double {
				return p.Do(w, "open")
			}
		}
	case page.Wheeled:
		p.list.table.Move(msg.Delta, len(p.list.rows))
		p.list.remember()
	}
	return nil
}
