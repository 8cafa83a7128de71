package traces

import (
	"slices"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Build makes the tree of spans, which all belong to one trace. It reads them only.
func Build(spans []zipkin.Span) *Trace { return BuildList(zipkin.Of(spans)) }

// BuildList is [Build] of what was decoded, so that what the decoder refused is in the ledger too. Positions are those in
// the list received. Time and memory grow in proportion to the spans (and the sorting of siblings).
func BuildList(list zipkin.List) *Trace {
	t := &Trace{Origin: -1, Repaired: list.Repaired, Cut: list.Cut}
	pieces, refused := clean(list)
	t.Refused = mergeRefused(list.Refused, refused)
	t.ID = traceID(pieces)
	groups := groupByID(pieces)
	f := &forest{nodes: make([]node, 0, len(groups)+1), byID: make(map[string][]int, len(groups))}
	for _, g := range groups {
		f.addGroup(g)
	}
	f.hang()
	f.correctClocks()
	t.Rows = f.preorder()
	t.measure()
	t.blame()
	t.account(list.Received())
	return t
}

// mergeRefused joins two lists that are sorted by index.
func mergeRefused(a, b []zipkin.Refusal) []zipkin.Refusal {
	if len(b) == 0 {
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.SortFunc(out, func(x, y zipkin.Refusal) int { return x.Index - y.Index })
	return out
}

// traceID is the longest id, the first of those: a trace may begin with a 64-bit id and go on with its 128-bit one.
func traceID(pieces []piece) string {
	id := ""
	for i := range pieces {
		if len(pieces[i].span.TraceID) > len(id) {
			id = pieces[i].span.TraceID
		}
	}
	return id
}

// measure fills in what is known of the trace once its rows stand: bounds, services, self times.
func (t *Trace) measure() {
	known := map[string]bool{}
	for i := range t.Rows {
		r := &t.Rows[i]
		t.reach(r.Start, r.Duration)
		for _, h := range []*Half{r.Caller, r.Own} {
			if h == nil {
				continue
			}
			t.reach(h.Start(), h.Span.Duration)
			if s := h.Service(); s != "" && !known[s] {
				known[s] = true
				t.Services = append(t.Services, s)
			}
		}
	}
	if len(t.Rows) > 0 && t.Rows[0].Marks.Has(Synthetic) && t.Start > 0 {
		t.Rows[0].Start, t.Rows[0].Duration = t.Start, t.Duration()
		t.Rows[0].Marks &^= NoTime
	}
	t.selfTimes()
}

// reach widens the trace's bounds to what begins at start, unless that is unknown.
func (t *Trace) reach(start, duration int64) {
	if start == 0 {
		return
	}
	if t.Start == 0 || start < t.Start {
		t.Start = start
	}
	t.End = max(t.End, start+duration)
}

// account fills in the ledger from what the rows hold, not from what should be in them.
func (t *Trace) account(received int) {
	l := Ledger{Received: received, Refused: len(t.Refused)}
	for i := range t.Rows {
		for _, h := range []*Half{t.Rows[i].Caller, t.Rows[i].Own} {
			if h != nil {
				l.Shown++
				l.Merged += len(h.Pieces) - 1
			}
		}
	}
	t.Ledger = l
}
