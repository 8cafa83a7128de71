//go:build unix

package waterfall

import (
	"bytes"
	"fmt"
	"syscall"
	"testing"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// calls is a trace of n spans, a client's and a server's half of each call, in a tree in which a row has fan rows below it.
func calls(n, fan int) []zipkin.Span {
	out := make([]zipkin.Span, 0, n+1)
	for i := 0; len(out) < n; i++ {
		s := zipkin.Span{TraceID: "4f1c9a2e4f1c9a2e4f1c9a2e4f1c9a2e", ID: fmt.Sprintf("%016x", i+1), Kind: zipkin.Client, Name: "get /forward", Timestamp: 1763719333412000 + int64(i),
			Duration: int64(2 * (n - i)), LocalEndpoint: &zipkin.Endpoint{ServiceName: fmt.Sprintf("chain-link-service-%d", i%7), IPv4: "10.0.0.1", Port: 8000},
			Tags: map[string]string{"http.method": "GET", "http.path": "/forward", "http.status_code": "200"}}
		if i > 0 {
			s.ParentID = fmt.Sprintf("%016x", (i-1)/fan+1)
		}
		server := s
		server.Kind, server.Shared, server.Timestamp, server.Duration = zipkin.Server, true, s.Timestamp+1, s.Duration-1
		server.LocalEndpoint = &zipkin.Endpoint{ServiceName: fmt.Sprintf("chain-link-service-%d", (i+1)%7), IPv4: "10.0.0.2", Port: 8000}
		out = append(out, s, server)
	}
	return out[:n]
}

func body(b *testing.B, spans []zipkin.Span) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := zipkin.Encode(&out, spans); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// spent reports the CPU time of an operation, the garbage collector's included: unlike the time on the clock it holds when
// other work shares the machine. The caller calls what it returns at the end.
func spent(b *testing.B) func() {
	now := func() int64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return u.Utime.Nano() + u.Stime.Nano()
	}
	began := now()
	return func() { b.ReportMetric(float64(now()-began)/float64(b.N)/1e6, "CPU-ms/op") }
}

// pipeline decodes, builds, lays out and draws the first page.
func pipeline(b *testing.B, spans []zipkin.Span) {
	in := body(b, spans)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	defer spent(b)()
	for b.Loop() {
		list, err := zipkin.Decode(bytes.NewReader(in), zipkin.Limits{})
		if err != nil || len(list.Spans) != len(spans) {
			b.Fatal(err)
		}
		if l := New(traces.BuildList(list), Options{Fold: 8}, 140); len(l.Rows(0, 50)) == 0 {
			b.Fatal("no rows")
		}
	}
}

func BenchmarkDecodeTreeLayout1k(b *testing.B)   { pipeline(b, calls(1_000, 3)) }
func BenchmarkDecodeTreeLayout100k(b *testing.B) { pipeline(b, calls(100_000, 10)) }

// decoded is the part of pipeline behind the decoder.
func decoded(b *testing.B, spans []zipkin.Span) {
	b.ReportAllocs()
	defer spent(b)()
	for b.Loop() {
		if l := New(traces.Build(spans), Options{}, 140); len(l.Rows(0, 50)) == 0 {
			b.Fatal("no rows")
		}
	}
}

func siblings(n int) []zipkin.Span {
	out := calls(2*n, 2*n)
	var servers []zipkin.Span
	for _, s := range out {
		if s.Kind == zipkin.Client {
			servers = append(servers, s)
		}
	}
	return servers
}

func BenchmarkTreeLayout50kSiblings(b *testing.B) { decoded(b, siblings(50_000)) }
func BenchmarkTreeLayout20kDeep(b *testing.B)     { decoded(b, calls(40_000, 1)) }

// scroll draws one page of 50 lines somewhere in a trace of 100,000 spans.
func scroll(b *testing.B, spans []zipkin.Span, o Options) {
	l := New(traces.Build(spans), o, 140)
	b.ReportAllocs()
	defer spent(b)()
	at := 0
	for b.Loop() {
		if len(l.Rows(at, at+50)) == 0 {
			b.Fatal("no rows")
		}
		at = (at + 997) % max(l.Len()-50, 1)
	}
}

func BenchmarkScroll100k(b *testing.B)     { scroll(b, calls(100_000, 10), Options{}) }
func BenchmarkScroll100kGaps(b *testing.B) { scroll(b, calls(100_000, 10), Options{Gaps: true}) }
func BenchmarkScroll100kFold(b *testing.B) { scroll(b, siblings(100_000), Options{Fold: 8}) }
