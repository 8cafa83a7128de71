// Package store keeps spans in memory, bounded by their number and by bytes: the oldest trace goes first. It behaves as
// Zipkin's InMemoryStorage does and takes a small part of its memory: a span is a record of some 100 bytes in its
// trace's buffer, and repeated strings are kept once.
package store

import (
	"container/heap"
	"hash/maphash"
	"sync"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// Options bound a Store. All fields need values; package collector knows the defaults.
type Options struct {
	MaxSpans         int      // spans kept at most
	MaxBytes         int      // memory kept at most, by the store's own account
	StrictTraceID    bool     // false: traces are the same when the lower 64 bits of their ids are
	AutocompleteKeys []string // tags whose values are listed
}

// Stats is what the store holds and what it let go.
type Stats struct {
	Spans, Traces, Bytes         int
	EvictedSpans, EvictedTraces  uint64
	RepeatedSpans, AcceptedSpans uint64
}

// Store is safe for concurrent use. It has no goroutine and needs no closing.
type Store struct {
	options Options
	seed    maphash.Seed

	mu      sync.RWMutex
	traces  map[uint64]*trace // by the lower 64 bits of the trace id
	oldest  evictionQueue
	strings stringTable
	names   nameIndex
	plain   recordWriter
	record  recordWriter
	stats   Stats
	trace   int // bytes of all traces
}

// New makes an empty store.
func New(options Options) *Store {
	s := &Store{options: options, seed: maphash.MakeSeed(), traces: map[uint64]*trace{}}
	s.strings.ids = map[string]uint32{}
	s.names.init(options.AutocompleteKeys)
	s.plain.plain = true
	s.record.table, s.record.seed = &s.strings, s.seed
	return s
}

// Add stores spans. They may point into memory that is used again afterwards.
func (s *Store) Add(spans []wire.Span) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(spans) > 0 {
		n := min(len(spans), s.options.MaxSpans)
		for s.stats.Spans+n > s.options.MaxSpans {
			s.evict()
		}
		for i := range n {
			s.add(&spans[i])
			for s.bytes() > s.options.MaxBytes && len(s.oldest) > 0 {
				s.evict()
			}
		}
		spans = spans[n:]
	}
}

func (s *Store) add(span *wire.Span) {
	s.stats.AcceptedSpans++
	t := s.traces[span.Trace.Low]
	if t == nil {
		t = &trace{low: span.Trace.Low, first: span.Timestamp / 1000, last: span.Timestamp / 1000}
		s.traces[t.low] = t
		s.trace += traceOverhead
		heap.Push(&s.oldest, t)
	}
	s.plain.buf = s.plain.buf[:0]
	s.plain.write(span)
	digest := maphash.Bytes(s.seed, s.plain.buf)
	if t.has(digest) {
		s.stats.RepeatedSpans++
		return
	}
	s.record.buf = s.record.buf[:0]
	s.record.write(span)
	before := t.size()
	t.append(digest, s.record.buf)
	s.trace += t.size() - before
	s.stats.Spans++
	s.names.add(span)
	if ms := span.Timestamp / 1000; ms < t.first {
		t.first = ms
		heap.Fix(&s.oldest, t.place)
	} else if ms > t.last {
		t.last = ms
	}
}

// evict lets the oldest trace go.
func (s *Store) evict() {
	t := heap.Pop(&s.oldest).(*trace)
	delete(s.traces, t.low)
	s.trace -= traceOverhead + t.size()
	s.stats.Spans -= t.spans
	s.stats.EvictedSpans += uint64(t.spans)
	s.stats.EvictedTraces++
	reader := recordReader{table: &s.strings, drop: true}
	var span wire.Span
	for _, record, rest, ok := next(t.records); ok; _, record, rest, ok = next(rest) {
		reader.buf = record
		reader.read(&span, t.low)
		s.names.remove(&span)
	}
}

// bytes is what the store takes, by its own account; the process takes more, for the garbage collector's sake.
func (s *Store) bytes() int { return s.trace + s.strings.bytes + s.names.bytes }

// Stats counts what the store holds.
func (s *Store) Stats() Stats {
	s.mu.RLock()
	defer s.mu.RUnlock()
	stats := s.stats
	stats.Traces, stats.Bytes = len(s.traces), s.bytes()
	return stats
}
