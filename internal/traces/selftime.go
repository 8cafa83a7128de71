package traces

import "github.com/chaintui/chaintui/internal/traces/zipkin"

// selfTimes fills in Self and Network of every row.
//
// Self is the time of the row's own half in which none of its children ran: its duration minus the union of the children's
// times, each cut to it, so that children that overlap are not taken off twice (another
// root that only hangs there is none of them). Network is the client's duration minus the
// server's, never below 0: of the two halves of a row, or of a CLIENT row whose server answered with an id of its own; the
// latter has no Self, since it did nothing but wait.
func (t *Trace) selfTimes() {
	covered := make([]int64, len(t.Rows)) // µs of the row in which children ran
	until := make([]int64, len(t.Rows))   // end of what is covered so far
	served := make([]bool, len(t.Rows))   // a SERVER row is among the children
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Parent < 0 {
			continue
		}
		p := &t.Rows[r.Parent]
		if r.Own != nil && r.Caller == nil && r.Own.Span.Kind == zipkin.Server {
			served[r.Parent] = true
		}
		if r.Start == 0 || p.Start == 0 || r.Marks.Has(ExtraRoot) { // siblings come by start, so one sweep makes the union
			continue
		}
		start, end := p.window()
		from, to := max(r.Start, start, until[r.Parent]), min(r.End(), end)
		if to > from {
			covered[r.Parent] += to - from
			until[r.Parent] = to
		}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		start, end := r.window()
		r.Self = max(end-start-covered[i], 0)
		switch {
		case r.Own == nil:
			r.Self = 0
		case r.Caller != nil:
			if r.Caller.Span.Duration > 0 && r.Own.Span.Duration > 0 {
				r.Network = max(r.Caller.Span.Duration-r.Own.Span.Duration, 0)
			}
		case r.Own.Span.Kind == zipkin.Client && served[i]:
			r.Network, r.Self = r.Self, 0
		}
	}
}

// window is the time in which the row's own half ran.
func (r *Row) window() (start, end int64) {
	if r.Caller != nil && r.Own.Start() > 0 && r.Own.Span.Duration > 0 {
		return r.Own.Start(), r.Own.Start() + r.Own.Span.Duration
	}
	return r.Start, r.End()
}
