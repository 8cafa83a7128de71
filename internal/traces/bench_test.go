package traces

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// calls is a trace of n spans, two halves of a call each, in a tree in which a row has fan rows below it.
func calls(n, fan int) []zipkin.Span {
	out := make([]zipkin.Span, 0, n)
	for i := 0; len(out) < n; i++ {
		s := zipkin.Span{TraceID: "4f1c9a2e4f1c9a2e4f1c9a2e4f1c9a2e", ID: fmt.Sprintf("%016x", i+1), Kind: zipkin.Client, Name: "get /forward",
			Timestamp: 1763719333412000 + int64(i), Duration: int64(2 * (n - i)), LocalEndpoint: &zipkin.Endpoint{ServiceName: fmt.Sprintf("link-%d", i%7), IPv4: "10.0.0.1"},
			Tags: map[string]string{"http.status_code": "200"}}
		if i > 0 {
			s.ParentID = fmt.Sprintf("%016x", (i-1)/fan+1)
		}
		server := s
		server.Kind, server.Shared, server.Timestamp, server.Duration = zipkin.Server, true, s.Timestamp+1, s.Duration-1
		server.LocalEndpoint = &zipkin.Endpoint{ServiceName: fmt.Sprintf("link-%d", (i+1)%7), IPv4: "10.0.0.2"}
		out = append(out, s, server)
	}
	return out[:n]
}

func benchmark(b *testing.B, in []zipkin.Span) {
	b.ReportAllocs()
	for b.Loop() {
		if err := check(Build(in), len(in)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild1k(b *testing.B)            { benchmark(b, calls(1_000, 3)) }
func BenchmarkBuild100k(b *testing.B)          { benchmark(b, calls(100_000, 10)) }
func BenchmarkBuild50kSiblings(b *testing.B)   { benchmark(b, calls(100_000, 100_000)) }
func BenchmarkBuild20kDeep(b *testing.B)       { benchmark(b, calls(40_000, 1)) }
func BenchmarkBuild50kOfOneID(b *testing.B)    { benchmark(b, oneID(50_000)) }
func BenchmarkBuild50kPieces(b *testing.B)     { benchmark(b, onePieces(50_000)) }
func BenchmarkBuild50kInOneCycle(b *testing.B) { benchmark(b, cycle(50_000)) }

// oneID is a fan-out in which everybody used one id, and every server has another endpoint.
func oneID(n int) []zipkin.Span {
	out := []zipkin.Span{{TraceID: "1", ID: "1", Kind: zipkin.Client, Timestamp: 1, Duration: int64(n), LocalEndpoint: &zipkin.Endpoint{ServiceName: "a"}}}
	for i := 1; i < n; i++ {
		out = append(out, zipkin.Span{TraceID: "1", ID: "1", Kind: zipkin.Server, Timestamp: int64(i), Duration: 1,
			LocalEndpoint: &zipkin.Endpoint{ServiceName: fmt.Sprint("s", i%100), IPv4: fmt.Sprint("10.0.", i/250, ".", i%250)}})
	}
	return out
}

// onePieces is one half in very many pieces, each with a tag and an event of its own.
func onePieces(n int) []zipkin.Span {
	out := make([]zipkin.Span, n)
	for i := range out {
		out[i] = zipkin.Span{TraceID: "1", ID: "1", Timestamp: int64(i + 1), Tags: map[string]string{fmt.Sprint(i): ""}, Annotations: []zipkin.Annotation{{Timestamp: int64(n - i), Value: "x"}}}
	}
	return out
}

func cycle(n int) []zipkin.Span {
	out := make([]zipkin.Span, n)
	for i := range out {
		out[i] = zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", i+1), ParentID: fmt.Sprintf("%x", (i+1)%n+1), Timestamp: int64(i + 1)}
	}
	return out
}
