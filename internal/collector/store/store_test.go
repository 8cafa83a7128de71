package store

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

func newStore(options Options) *Store {
	if options.MaxSpans == 0 {
		options.MaxSpans = 1 << 30
	}
	if options.MaxBytes == 0 {
		options.MaxBytes = 1 << 30
	}
	options.StrictTraceID = true
	return New(options)
}

// random makes spans of few and of many different strings.
func random(r *rand.Rand, traces int) wire.Span {
	s := wire.Span{
		Trace: wire.TraceID{High: r.Uint64N(2), Low: 1 + r.Uint64N(uint64(traces))}, ID: r.Uint64N(50), Parent: r.Uint64N(50),
		Kind: wire.Kind(r.IntN(5)), Debug: r.IntN(2) == 0, Shared: r.IntN(2) == 0,
		Timestamp: r.Int64N(100) * 500, Duration: r.Int64N(3) * 1000, Name: fmt.Sprint("name-", r.IntN(5)),
		Local:  wire.Endpoint{Service: fmt.Sprint("service-", r.IntN(4)), IPv4: "10.0.0.1", Port: uint16(r.IntN(3))},
		Remote: wire.Endpoint{IPv6: "2001:db8::1", Service: fmt.Sprint("remote-", r.IntN(1000))},
		Tags:   []wire.Tag{{Key: "key", Value: fmt.Sprint("value-", r.IntN(3))}, {Key: "unique", Value: fmt.Sprint(r.Uint64())}},
	}
	if r.IntN(2) == 0 {
		s.Annotations = []wire.Annotation{{Timestamp: r.Int64N(9) - 4, Value: "event"}}
	}
	return s
}

// TestNothingChangesInTheStore keeps random spans beside a plain map of their JSON and compares after each step.
func TestNothingChangesInTheStore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	s := newStore(Options{})
	want := map[wire.TraceID]map[string]bool{}
	for range 3000 {
		span := random(r, 20)
		text := string(wire.AppendJSON(nil, &span))
		if want[span.Trace] == nil {
			want[span.Trace] = map[string]bool{}
		}
		want[span.Trace][text] = true
		s.Add([]wire.Span{span, span})
		got := map[string]bool{}
		s.Each(Key{ID: span.Trace, Strict: true}, func(span *wire.Span) {
			got[string(wire.AppendJSON(nil, span))] = true
		})
		if diff := cmp.Diff(want[span.Trace], got); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestStoreKeepsNothingOfTheMessage decodes from memory that is written over afterwards.
func TestStoreKeepsNothingOfTheMessage(t *testing.T) {
	body := []byte(`[{"traceId":"1","id":"1","name":"name","localEndpoint":{"serviceName":"service","ipv4":"1.2.3.4"},"remoteEndpoint":` +
		`{"serviceName":"remote"},"annotations":[{"timestamp":1,"value":"event"}],"tags":{"key":"value"}}]`)
	s := newStore(Options{AutocompleteKeys: []string{"key"}})
	for range 3 { // so that the strings get into the table
		spans, err := wire.DecodeJSON(body)
		if err != nil {
			t.Fatal(err)
		}
		spans[0].ID = uint64(s.Stats().Spans) + 1
		s.Add(spans)
	}
	before := string(s.AppendJSON(nil, Key{ID: wire.TraceID{Low: 1}}))
	for i := range body {
		body[i] = '#'
	}
	if diff := cmp.Diff(before, string(s.AppendJSON(nil, Key{ID: wire.TraceID{Low: 1}}))); diff != "" {
		t.Error(diff)
	}
	for _, names := range [][]string{s.ServiceNames(), s.SpanNames("service"), s.RemoteServiceNames("service"), s.TagValues("key")} {
		if len(names) != 1 || strings.Contains(names[0], "#") {
			t.Error(names)
		}
	}
}

// TestEvictionLeavesNothing: once all traces have gone, so have their strings, names and bytes.
func TestEvictionLeavesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	s := newStore(Options{MaxSpans: 500, AutocompleteKeys: []string{"unique", "key"}})
	for range 5000 {
		s.Add([]wire.Span{random(r, 100)})
		if n := s.Stats().Spans; n > 500 {
			t.Fatalf("%d spans", n)
		}
	}
	for len(s.oldest) > 0 {
		s.evict()
	}
	if stats := s.Stats(); stats.Spans != 0 || stats.Traces != 0 || stats.Bytes != 0 {
		t.Errorf("%+v", stats)
	}
	if len(s.strings.ids) != 0 || len(s.strings.free) != len(s.strings.entries) || len(s.ServiceNames()) != 0 || len(s.TagValues("key")) != 0 {
		t.Errorf("%d strings, %d of %d free, services %q", len(s.strings.ids), len(s.strings.free), len(s.strings.entries), s.ServiceNames())
	}
}

// TestBytesAreBounded floods a small store with what is worst for it: all strings unlike, one huge trace, many tiny ones.
func TestBytesAreBounded(t *testing.T) {
	const limit = 2 << 20
	floods := map[string]func(i uint64) wire.Span{
		"unlike": func(i uint64) wire.Span {
			text := fmt.Sprintf("%0100d", i)
			return wire.Span{Trace: wire.TraceID{Low: i / 5}, ID: i, Name: text, Local: wire.Endpoint{Service: text}, Tags: []wire.Tag{{Key: text, Value: text}}}
		},
		"one trace": func(i uint64) wire.Span { return wire.Span{Trace: wire.TraceID{Low: 1}, ID: i, Timestamp: int64(i)} },
		"tiny":      func(i uint64) wire.Span { return wire.Span{Trace: wire.TraceID{Low: i}, ID: 1} },
		"one name": func(i uint64) wire.Span {
			return wire.Span{Trace: wire.TraceID{Low: i}, ID: 1, Name: "n", Timestamp: int64(i)}
		},
	}
	for name, flood := range floods {
		t.Run(name, func(t *testing.T) {
			s := newStore(Options{MaxBytes: limit})
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for i := range uint64(60_000) {
				s.Add([]wire.Span{flood(i + 1)})
			}
			if stats := s.Stats(); stats.Bytes > limit || stats.Spans == 0 {
				t.Errorf("%+v", stats)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			taken := int64(after.HeapAlloc) - int64(before.HeapAlloc)
			t.Logf("%d spans in %d bytes by its account, %d taken", s.Stats().Spans, s.Stats().Bytes, taken)
			if taken > 2*limit {
				t.Errorf("%d bytes taken, %d allowed", taken, limit)
			}
			runtime.KeepAlive(s)
		})
	}
}
