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
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
)

// list is the traces found, and how they are chosen: the newest ones as they come, or the answer to a query.
type list struct {
	table.List[*traces.Trace] // as shown

	found    []*traces.Trace // the answer to the query; nil without one
	query    *zipkin.Query
	err      string
	asking   int // number of the question under way; answers to others are late
	link     int // only traces in which it took part; -1 for all
	filter   string
	errors   bool
	slowest  bool
	paused   bool
	services []string        // that the collector knows
	held     []*traces.Trace // the newest ones as they were when the list was paused
	marked   *traces.Trace   // that others are compared with; nil for the median of the list
}

func newList() list {
	id := func(t *traces.Trace) string { return t.ID }
	return list{List: table.List[*traces.Trace]{Table: table.Table{Columns: columns}, Key: id, Newest: true}, link: -1}
}

// gather makes the rows anew.
func (l *list) gather(w *page.World) {
	var rows []*traces.Trace
	for _, t := range l.all(w) {
		if l.wanted(t) {
			rows = append(rows, t)
		}
	}
	if l.slowest {
		slices.SortStableFunc(rows, func(a, b *traces.Trace) int { return cmp.Compare(b.Duration(), a.Duration()) })
	}
	l.Set(rows)
	if l.marked != nil { // it may have grown
		if t := l.find(l.marked.ID); t != nil {
			l.marked = t
		}
	}
}

func (l *list) all(w *page.World) []*traces.Trace {
	switch {
	case l.query != nil:
		return l.found
	case l.paused:
		return l.held
	}
	return w.Traffic.Recent
}

// past is what there was before the rows, where they are the newest traces and all of these.
func (l *list) past(w *page.World) []stats.Point {
	if l.words() != "" && l.words() != "slowest first" || l.filter != "" {
		return nil
	}
	return w.Traffic.Past
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

// chosen is the trace under the cursor; nil when there is none.
func (l *list) chosen() *traces.Trace {
	t, _ := l.Chosen()
	return t
}

func (l *list) find(id string) *traces.Trace {
	for _, t := range l.Rows() {
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

// against is what a trace is compared with: the one that was marked, else all of the list.
func (l *list) against(id string) []*traces.Trace {
	if l.marked != nil && l.marked.ID != id {
		return []*traces.Trace{l.marked}
	}
	return l.Rows()
}

// reset forgets the query, and tells whether there was one.
func (l *list) reset(w *page.World) bool {
	was := l.query != nil || l.link >= 0 || l.errors || l.paused || l.marked != nil
	l.marked = nil
	l.query, l.link, l.errors, l.paused, l.held, l.err = nil, -1, false, false, nil, ""
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
	if l.marked != nil {
		words = append(words, "vs "+canvas.Cut(l.marked.ID, 9))
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
		l.paused, l.held = !l.paused, w.Traffic.Recent
	case "trace.compare":
		if t := l.chosen(); t == nil || l.marked != nil && l.marked.ID == t.ID {
			l.marked = nil
		} else {
			l.marked = t
		}
		return nil
	case "traces.query":
		services := func() []string { return l.known(w) }
		return tea.Batch(l.askServices(w), w.Send(page.Ask{Title: "Find traces", Help: "Asks the collector; esc on the list returns to the newest traces.",
			Params: queryParams(services), Done: func(w *page.World, args map[string]string) tea.Cmd { return l.ask(w, args) }}))
	default:
		l.Do(id)
		return nil
	}
	l.gather(w)
	return nil
}

type searched struct {
	number int
	found  []*traces.Trace
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
		answer, err := source.Traces(ctx, q)
		found := make([]*traces.Trace, len(answer.Traces))
		for i, spans := range answer.Traces {
			found[i] = traces.BuildList(spans)
		}
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
	l.found = msg.found
	l.gather(w)
}

// listMouse takes clicks and the wheel on the list.
func (p *Page) listMouse(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Clicked:
		if i, ok := msg.ID.(table.Zone); ok {
			p.list.Go(int(i))
			if msg.Double {
				return p.Do(w, "open")
			}
		}
	case page.Wheeled:
		p.list.Move(msg.Delta)
	}
	return nil
}
