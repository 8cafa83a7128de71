// Package tail follows the traces of a server as they come.
//
// Spans of a trace arrive piecemeal: a trace is "arriving" until it has not grown for a while, then it has settled. Each
// trace is delivered twice: once as new, once as settled; and as settled again when it has grown after all, for a span is
// sent when it ends: that of a slow caller comes long after its callee's.
package tail

import (
	"cmp"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Event is one delivery of a trace.
type Event struct {
	Trace   *traces.Trace
	Settled bool // false when it is new and may still grow
}

// Settler decides which traces are new and which have settled. It does no I/O and reads no clock. Not for several
// goroutines.
type Settler struct {
	settle time.Duration
	forget time.Duration
	known  map[string]*entry
}

type entry struct {
	list    zipkin.List // nil spans once settled
	size    int         // spans received
	grown   time.Time   // when it was seen to grow last
	first   time.Time   // when a server showed it first
	seen    time.Time   // … and last
	settled bool
}

// NewSettler makes a Settler: a trace settles when it has not grown for settle, and is forgotten when no answer has shown
// it for forget, which should be longer than the window of the searches.
func NewSettler(settle, forget time.Duration) *Settler {
	return &Settler{settle: settle, forget: forget, known: map[string]*entry{}}
}

// Observe takes what a server showed at now and returns what is new, in its order. Each of lists is one trace.
func (s *Settler) Observe(now time.Time, lists []zipkin.List) []Event {
	var events []Event
	for _, l := range lists {
		if len(l.Spans) == 0 {
			continue
		}
		id := l.Spans[0].TraceID
		e := s.known[id]
		if e == nil {
			s.known[id] = &entry{list: l, size: l.Received(), grown: now, first: now, seen: now}
			events = append(events, Event{Trace: traces.BuildList(l)})
			continue
		}
		e.seen = now
		if size := l.Received(); size > e.size { // a smaller answer lost something on the way
			e.list, e.size, e.grown, e.settled = l, size, now, false
		}
	}
	return events
}

// Knows tells whether one of the traces was there before now just as it is: what is older than that was seen then. One that
// has grown may stand among newer ones.
func (s *Settler) Knows(now time.Time, lists []zipkin.List) bool {
	return slices.ContainsFunc(lists, func(l zipkin.List) bool {
		e := s.known[l.Spans[0].TraceID]
		return e != nil && e.first.Before(now) && l.Received() <= e.size
	})
}

// Settled returns what has settled by now, in order of time. It comes after all that was to be observed at now.
func (s *Settler) Settled(now time.Time) []Event {
	var events []Event
	for _, e := range s.known {
		if !e.settled && now.Sub(e.grown) >= s.settle {
			events = append(events, Event{Trace: traces.BuildList(e.list), Settled: true})
			e.settled, e.list = true, zipkin.List{}
		}
	}
	slices.SortFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Trace.Start, b.Trace.Start), cmp.Compare(a.Trace.ID, b.Trace.ID))
	})
	return events
}

// Forget drops what no server has shown for a while. It must not be told of a moment at which none answered.
func (s *Settler) Forget(now time.Time) {
	for id, e := range s.known {
		if e.settled && now.Sub(e.seen) >= s.forget {
			delete(s.known, id)
		}
	}
}

// Arriving lists the ids that have not settled and that the answer of now did not show: they are to be asked for by id.
func (s *Settler) Arriving(now time.Time) []string {
	var ids []string
	for id, e := range s.known {
		if !e.settled && e.seen.Before(now) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
