package traces

import (
	"cmp"
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/waterfall"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
)

// mode is how a trace is shown.
type mode int

const (
	waterfallMode mode = iota
	flameMode
	statsMode
	compareMode
	spanMode
)

func (m mode) String() string {
	return map[mode]string{flameMode: "flame", statsMode: "statistics", compareMode: "comparison", spanMode: "span"}[m]
}

// numbers tells whether what is shown are numbers, not spans.
func (m mode) numbers() bool { return m == statsMode || m == compareMode }

// view is one trace that is open.
type view struct {
	id       string
	trace    *traces.Trace // nil until its first spans are there
	spans    []zipkin.Span // that it was made of, as they were read last; nil until then
	err      string
	settled  int       // how often it was read again without growing
	asking   bool      // a question is under way
	arriving bool      // more of it may come
	missed   int       // how often it was not there
	since    time.Time // of the first question, for a trace that is not there yet

	mode     mode
	under    mode // that a span's sheet was opened from
	options  waterfall.Options
	layout   *waterfall.Layout // nil when it has to be made anew
	width    int
	critical bool // only the critical path in colour (the layout always has it)
	cursor   int  // line
	link     int  // whose span the cursor is to go to when it is there; -1 for none
	top      int
	height   int
	search   string
	numbers  numbers
	logs     spanLogs
	sheet    scroll.Window // on all that is known of a span
}

// enough is how often a trace is read again without growing before it counts as whole.
const enough = 3

// arriving is how long after its end a trace may still get spans.
const arriving = 5 * time.Second

func newView(id string, known *traces.Trace) *view {
	return &view{id: id, link: -1, trace: known, options: waterfall.Options{Collapsed: map[int]bool{}, Opened: map[int]bool{}, Fold: 8}}
}

// again asks for the trace once more, a moment after it was not there.
type again struct{ view *view }

// How soon and how often a trace that is not there yet is asked for besides the page's own pace.
const (
	soon    = 250 * time.Millisecond
	eagerly = 8
)

type fetched struct {
	id    string
	spans []zipkin.Span
	trace *traces.Trace
	err   error
}

// refresh reads the trace again, until it has not grown for a while: a trace arrives in pieces.
func (v *view) refresh(w *page.World) tea.Cmd {
	source := w.Session.Traces
	if source == nil || v.asking || v.settled >= enough {
		return nil
	}
	v.asking = true
	if v.since.IsZero() {
		v.since = w.Now
	}
	v.arriving = v.trace == nil || w.Now.Sub(time.UnixMicro(v.trace.End)) < arriving
	id, parent := v.id, w.Ctx
	return w.Work.Do(func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, searchTimeout)
		defer cancel()
		list, err := sought(ctx, source, id)
		return fetched{id, list.Spans, traces.BuildList(list), err}
	})
}

func (v *view) fetched(w *page.World, msg fetched) tea.Cmd {
	if msg.id != v.id {
		return nil
	}
	v.asking = false
	none, isNone := errors.AsType[*zipkin.NotOne](msg.err)
	switch {
	case isNone && v.trace == nil && (none.Alike > 1 || !whole(v.id)):
		v.err, v.settled = none.Error(), enough
		return nil
	case isNone && v.trace == nil:
		v.err = "no span of this trace has arrived"
		if w.Now.Sub(v.since) > time.Minute {
			v.settled = enough
		}
		if v.missed++; v.missed <= eagerly {
			return w.After(soon, again{v})
		}
		return nil
	case msg.err != nil:
		v.err = sanitise.Line(msg.err.Error())
		return nil
	}
	t := msg.trace
	v.err, v.id = "", cmp.Or(t.ID, v.id) // it may have been asked for by its beginning, or as the latest
	if len(msg.spans) >= len(v.spans) {
		v.spans = msg.spans
	}
	if v.trace != nil && t.Ledger.Received <= v.trace.Ledger.Received {
		if v.settled++; v.settled >= enough {
			v.arriving = false
		}
		return nil
	}
	v.grown(t)
	return nil
}

// whole tells an id from the beginning of one: its trace may be on the way.
func whole(id string) bool { return len(id) == 16 || len(id) == 32 }

// lay is the layout for the width of the page.
func (v *view) lay() *waterfall.Layout {
	if v.layout == nil && v.trace != nil && v.width > 0 {
		v.layout = waterfall.New(v.trace, v.options, v.width)
		v.cursor = min(v.cursor, max(v.layout.Len()-1, 0))
		v.aim()
	}
	return v.layout
}

// aim puts the cursor on the span of the link that the trace was opened for.
func (v *view) aim() {
	for i := range v.trace.Rows {
		if v.link >= 0 && linkOf(&v.trace.Rows[i]) == v.link {
			if line := v.layout.Find(i); line >= 0 {
				v.cursor, v.link = line, -1
			}
		}
	}
}

// again makes the layout anew with the cursor on the same span.
func (v *view) again() {
	row := v.row()
	v.layout = nil
	if l := v.lay(); l != nil && row >= 0 {
		if line := l.Find(row); line >= 0 {
			v.cursor = line
		}
	}
}

// line is the line under the cursor.
func (v *view) line() (waterfall.Row, bool) {
	l := v.lay()
	if l == nil || v.cursor < 0 || v.cursor >= l.Len() {
		return waterfall.Row{}, false
	}
	return l.Rows(v.cursor, v.cursor+1)[0], true
}

// row is the span under the cursor; -1 for none.
func (v *view) row() int {
	if line, ok := v.line(); ok {
		return line.Index
	}
	return -1
}

// chosen is the span under the cursor, its link and its pod.
func (v *view) chosen(*page.World) page.Chosen {
	c := page.Chosen{Link: -1, Copy: v.id}
	if i := v.row(); i >= 0 {
		r := &v.trace.Rows[i]
		c.Link, c.Pod = linkOf(r), podOf(r)
	}
	return c
}

// back leaves what was opened in the trace, and tells whether there was something.
func (v *view) back() bool {
	switch {
	case v.mode == spanMode:
		v.mode = v.under
	case v.mode != waterfallMode:
		v.mode = waterfallMode
	case v.search != "":
		v.search = ""
	case v.options.Focus > 0:
		v.options.Focus, v.options.From, v.options.To = 0, 0, 0 // they were of the span in focus
		v.again()
	default:
		return false
	}
	return true
}
