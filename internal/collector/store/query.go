package store

import (
	"container/heap"
	"slices"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// Query is a search for traces, as Zipkin's QueryRequest. Empty fields do not restrict. Package collector parses and
// checks it.
type Query struct {
	Service, RemoteService, SpanName string // in lower case
	Terms                            []Term
	MinDuration, MaxDuration         int64 // microseconds
	EndTs, Lookback                  int64 // milliseconds
	Limit                            int
}

// Term asks for a tag with a value, or, Value being empty, for an annotation with the value Key or any tag of that key.
type Term struct{ Key, Value string }

// Key tells which spans make a trace: the lower 64 bits of the id, and the whole id if it is strict.
type Key struct {
	ID     wire.TraceID
	Strict bool
}

// Search returns the traces that match, the latest first, as Zipkin orders them: by the latest span that lies in the
// window, then by id, both descending.
func (s *Store) Search(q Query) []Key {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found := s.within(q.EndTs, q.Lookback)
	heap.Init(&found)
	var keys []Key
	for len(found) > 0 && len(keys) < q.Limit {
		t := heap.Pop(&found).(candidate).trace
		records := t.ordered()
		if !s.matches(&q, t, records) {
			continue
		}
		if !s.options.StrictTraceID {
			keys = append(keys, Key{ID: wire.TraceID{Low: t.low}})
			continue
		}
		parts := groups(records)
		for _, part := range parts {
			if len(parts) == 1 || s.matches(&q, t, part.records) {
				keys = append(keys, Key{ID: wire.TraceID{High: part.high, Low: t.low}, Strict: true})
			}
		}
	}
	return keys
}

// Within returns all traces that have a span between endTs-lookback and endTs (milliseconds), told apart by the lower 64
// bits of their ids, in no order.
func (s *Store) Within(endTs, lookback int64) []Key {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var keys []Key
	for _, c := range s.within(endTs, lookback) {
		keys = append(keys, Key{ID: wire.TraceID{Low: c.trace.low}})
	}
	return keys
}

func (s *Store) within(endTs, lookback int64) candidates {
	found := make(candidates, 0, len(s.traces))
	for _, t := range s.traces {
		if latest, ok := t.latestIn(endTs-lookback, endTs); ok {
			found = append(found, candidate{latest, t})
		}
	}
	return found
}

// latestIn is the latest millisecond of a span between begin and end, both included.
func (t *trace) latestIn(begin, end int64) (int64, bool) {
	if t.first > end || t.last < begin {
		return 0, false
	}
	if t.last <= end {
		return t.last, true
	}
	latest, ok := int64(0), false
	for _, record, rest, more := next(t.records); more; _, record, rest, more = next(rest) {
		if ms := timestampOf(record) / 1000; ms >= begin && ms <= end && (!ok || ms > latest) {
			latest, ok = ms, true
		}
	}
	return latest, ok
}

func (s *Store) matches(q *Query, t *trace, records [][]byte) bool {
	if !q.inWindow(records) {
		return false
	}
	m := newMatcher(q)
	reader := recordReader{table: &s.strings}
	var span wire.Span
	for _, record := range records {
		if m.done() {
			return true
		}
		reader.buf = record
		reader.read(&span, t.low)
		m.see(&span)
	}
	return m.done()
}

// inWindow tests the timestamp of the first root that has one, else the earliest. The window's ends may overflow in
// microseconds, as they do in Java.
func (q *Query) inWindow(records [][]byte) bool {
	var timestamp int64
	for _, record := range records {
		ts := timestampOf(record)
		if ts == 0 {
			continue
		}
		if flagsIn(record)&flagParent == 0 {
			timestamp = ts
			break
		}
		if timestamp == 0 || ts < timestamp {
			timestamp = ts
		}
	}
	return timestamp != 0 && timestamp >= (q.EndTs-q.Lookback)*1000 && timestamp <= q.EndTs*1000
}

// matcher looks for what a query asks of a trace; its terms may be met by different spans of the service.
type matcher struct {
	q                               *Query
	terms                           []Term
	service, remote, name, duration bool // what was found or is not asked
}

func newMatcher(q *Query) matcher {
	return matcher{q: q, terms: slices.Clone(q.Terms), service: q.Service == "", remote: q.RemoteService == "",
		name: q.SpanName == "", duration: q.MinDuration == 0}
}

func (m *matcher) done() bool {
	return m.service && m.remote && m.name && m.duration && len(m.terms) == 0
}

func (m *matcher) see(span *wire.Span) {
	if m.q.Service != "" && span.Local.Service != m.q.Service {
		return
	}
	m.service = true
	m.remote = m.remote || span.Remote.Service == m.q.RemoteService
	m.name = m.name || span.Name == m.q.SpanName
	m.duration = m.duration ||
		span.Duration >= m.q.MinDuration && (m.q.MaxDuration == 0 || span.Duration <= m.q.MaxDuration)
	m.terms = slices.DeleteFunc(m.terms, func(term Term) bool {
		return term.Value == "" && slices.ContainsFunc(span.Annotations,
			func(a wire.Annotation) bool { return a.Value == term.Key }) ||
			slices.ContainsFunc(span.Tags, func(t wire.Tag) bool {
				return t.Key == term.Key && (term.Value == "" || t.Value == term.Value)
			})
	})
}

// candidates is a heap, the latest trace on top. It implements heap.Interface.
type candidates []candidate

type candidate struct {
	latest int64
	trace  *trace
}

func (c candidates) Len() int { return len(c) }
func (c candidates) Less(i, j int) bool {
	return c[i].latest > c[j].latest || c[i].latest == c[j].latest && c[i].trace.low > c[j].trace.low
}
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *candidates) Push(x any)   { *c = append(*c, x.(candidate)) }
func (c *candidates) Pop() any {
	last := len(*c) - 1
	popped := (*c)[last]
	*c = (*c)[:last]
	return popped
}
