// Package critical finds the critical path of a trace: what the time of the whole request was spent on.
//
// The definition is that of CRISP (Zhang et al., "CRISP: Critical Path Analysis of Large-Scale Microservice
// Architectures", USENIX ATC 2022). From the end of a span one walks back in time. The child that finished last was waited
// for: the time between its end and now is the parent's own, and the child's time is walked in the same way. At the
// child's start one goes on with the child that finished last before that, and so on to the span's start. What ran beside
// a child of the path is not on it: it could have been faster or slower without any change of the total.
//
// Where CRISP leaves room: a child that ends exactly where the next begins is on the path (back to back); one that
// overlaps the next by at most a tenth of the shorter of the two is, too, and is cut where the next begins (clocks are that
// exact, and no better); a child that outlives its parent is cut at the parent's end; nobody waits for a CONSUMER.
//
// Every microsecond of the root is in exactly one segment.
package critical

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Segment is a stretch of the path: the time in which a row itself held the request up.
type Segment struct {
	Row     int   // index in Trace.Rows
	From    int64 // µs since the Unix epoch
	To      int64 // µs since the Unix epoch, after From
	Network bool  // the time was spent between the two halves of the row's call
}

// Duration is the segment's length in µs.
func (s Segment) Duration() int64 { return s.To - s.From }

// Path is the critical path of t in order of time, without gaps, from the root's start to its end. It is nil when the root
// has no time.
func Path(t *traces.Trace) []Segment {
	if len(t.Rows) == 0 || t.Rows[0].Start == 0 {
		return nil
	}
	root := &t.Rows[0]
	end := root.End()
	if root.Duration == 0 {
		end = t.End
	}
	w := walker{t: t}
	w.push(0, root.Start, end)
	for len(w.stack) > 0 {
		w.step()
	}
	slices.Reverse(w.path)
	return w.path
}

// frame is a span that is being walked back: what is between from and now is still to be told.
type frame struct {
	row       int
	from, now int64
	last      int64 // duration of the child walked last, 0 before the first
	children  []int // by end, the last at the back
}

type walker struct {
	t     *traces.Trace
	stack []frame
	path  []Segment
}

func (w *walker) push(row int, from, to int64) {
	f := frame{row: row, from: from, now: to}
	rows := w.t.Rows
	for c := row + 1; c < row+rows[row].Size; c += rows[c].Size {
		if waited(&rows[c]) {
			f.children = append(f.children, c)
		}
	}
	slices.SortFunc(f.children, func(a, b int) int {
		return cmp.Or(cmp.Compare(rows[a].End(), rows[b].End()), cmp.Compare(rows[b].Start, rows[a].Start), b-a)
	})
	w.stack = append(w.stack, f)
}

func waited(r *traces.Row) bool {
	return r.Start > 0 && r.Duration > 0 && !r.Marks.Has(traces.ExtraRoot) && (r.Own == nil || r.Own.Span.Kind != zipkin.Consumer)
}

// step goes back to the next child of the span on top, or to its start.
func (w *walker) step() {
	f := &w.stack[len(w.stack)-1]
	for len(f.children) > 0 {
		c := f.children[len(f.children)-1]
		f.children = f.children[:len(f.children)-1]
		child := &w.t.Rows[c]
		if !f.follows(child) {
			continue
		}
		end, start := min(child.End(), f.now), max(child.Start, f.from)
		w.own(f.row, end, f.now)
		f.now, f.last = start, child.Duration
		w.push(c, start, end)
		return
	}
	w.own(f.row, f.from, f.now)
	w.stack = w.stack[:len(w.stack)-1]
}

// follows says that the parent waited for child before it came to f.now.
func (f *frame) follows(child *traces.Row) bool {
	if child.Start >= f.now || child.End() <= f.from {
		return false
	}
	over := child.End() - f.now
	return over <= 0 || f.last == 0 || over <= min(child.Duration, f.last)/10
}

// own adds the row's own time between from and to, the network's part of it apart.
func (w *walker) own(row int, from, to int64) {
	r := &w.t.Rows[row]
	start, end := r.Start, r.End()
	network := r.Network > 0 && r.Caller == nil // a CLIENT row that only waits for its server
	if !network && r.Caller != nil && r.Network >= 0 && r.Own.Start() > 0 {
		start, end = r.Own.Start(), r.Own.Start()+r.Own.Span.Duration
	}
	if network || r.Caller == nil {
		w.add(row, from, to, network)
		return
	}
	w.add(row, max(from, end), to, true)
	w.add(row, max(from, start), min(to, end), false)
	w.add(row, from, min(to, start), true)
}

func (w *walker) add(row int, from, to int64, network bool) {
	if to > from {
		w.path = append(w.path, Segment{Row: row, From: from, To: to, Network: network})
	}
}

// Share is what one service, or the network between services, has of the path.
type Share struct {
	Service string `json:"service"` // "" of the network, and of a root that was not received
	Network bool   `json:"network,omitempty"`
	Self    int64  `json:"selfTime"` // µs
}

// Shares sums the path by service, the largest first.
func Shares(t *traces.Trace, path []Segment) []Share {
	at := map[Share]int{}
	var out []Share
	for _, s := range path {
		key := Share{Network: s.Network}
		if !s.Network {
			key.Service = t.Rows[s.Row].Service()
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, key)
		}
		out[i].Self += s.Duration()
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Self, a.Self) })
	return out
}

// Largest is the segment's row with the most time on the path that is not the network's, and that time; -1 of no path.
func Largest(path []Segment) (row int, self int64) {
	row = -1
	sum := map[int]int64{}
	for _, s := range path {
		if s.Network {
			continue
		}
		if sum[s.Row] += s.Duration(); sum[s.Row] > self || sum[s.Row] == self && s.Row < row {
			row, self = s.Row, sum[s.Row]
		}
	}
	return row, self
}
