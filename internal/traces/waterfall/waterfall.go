// Package waterfall lays a trace out as a waterfall: a pure function of the trace, the options and a width.
//
// A [Layout] knows which rows there are, in which order; [Layout.Rows] makes the cells of a stretch of them only, so that a
// trace of a hundred thousand rows scrolls. Bars are drawn in eighths of a cell.
package waterfall

import (
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/shortname"
)

// Options say what is drawn and how. The zero Options draw everything.
type Options struct {
	Collapsed map[int]bool // rows of the trace whose subtree is hidden
	Focus     int          // only this row and what is below it; its time is the width
	Fold      int          // so many or more calls alike below one row become one line; 0 never
	Opened    map[int]bool // folds that are open, by the first of their rows
	Gaps      bool         // stretches in which nothing begins or ends are cut short
	NoSkew    bool         // times as the clocks of the hosts had them
	From, To  int64        // zoom: µs from the start of what is shown; To 0 is its end
}

// Layout is a trace laid out.
type Layout struct {
	trace    *traces.Trace
	options  Options
	columns  columns
	items    []item
	folds    []Fold
	foldBars []Bar // of folds; made once, they may cover many rows
	scale    scale
	path     map[int][]critical.Segment // by row
	largest  int                        // the row with the most time of its own on the critical path
	self     int64                      // that time, µs
	names    map[string]string
}

// item is one line: a row, or a fold of rows alike.
type item struct {
	row   int
	depth int
	fold  int // in Layout.folds; -1 of a row
	below bool
}

// New lays t out for width cells.
func New(t *traces.Trace, options Options, width int) *Layout {
	if options.Focus < 0 || options.Focus >= len(t.Rows) {
		options.Focus = 0
	}
	l := &Layout{trace: t, options: options, names: shortname.Names(t.Services), largest: -1, path: map[int][]critical.Segment{}}
	path := critical.Path(t)
	for _, s := range path {
		l.path[s.Row] = append(l.path[s.Row], s)
	}
	l.largest, l.self = critical.Largest(path)
	if len(t.Rows) > 0 {
		l.list()
	}
	l.columns = l.measure(width)
	l.scale = l.newScale()
	for i := range l.folds {
		l.foldBars = append(l.foldBars, l.foldBar(i))
	}
	return l
}

// Len is how many lines there are.
func (l *Layout) Len() int { return len(l.items) }

// Find is the line on which a row of the trace is drawn: its own, or that of the fold or the collapsed row that hides it;
// -1 when it is outside of the focus.
func (l *Layout) Find(row int) int {
	at := make(map[int]int, len(l.items))
	for i, it := range l.items {
		at[it.row] = i
		if it.fold >= 0 {
			for _, r := range l.folds[it.fold].Rows {
				at[r] = i
			}
		}
	} // the rows of an open fold come after it, and so count
	for row >= 0 && row < len(l.trace.Rows) {
		if i, ok := at[row]; ok {
			return i
		}
		row = l.trace.Rows[row].Parent
	}
	return -1
}

// time is the row's start and duration as they are drawn.
func (l *Layout) time(i int) (start, duration int64) {
	r := &l.trace.Rows[i]
	if !l.options.NoSkew || !r.Marks.Has(traces.Skewed) || r.Start == 0 {
		return r.Start, r.Duration
	}
	for _, h := range r.Halves() {
		if h.Span.Timestamp > 0 {
			return h.Span.Timestamp, r.Duration
		}
	}
	return r.Start, r.Duration
}
