package example

import (
	"context"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Traces are the newest requests through an example, newest first.
func Traces(kind string, n int) []*traces.Trace {
	var out []*traces.Trace
	for k := range 60 {
		out = append(out, traces.BuildList(zipkin.Of(spans(kind, n, k))))
	}
	return out
}

// spans are those of request k: a client's and a server's half for each hop.
func spans(kind string, n, k int) []zipkin.Span {
	id := fmt.Sprintf("4f1c9a2e%08x%016x", k*7919, k+1)
	at := Now.Add(-time.Duration(k)*200*time.Millisecond - 300*time.Millisecond).UnixMicro()
	bad := min(4, n-1)
	fails := kind == Errors && k%3 == 0
	self := func(i int) int64 {
		µs := int64(700 + (i*317+k*131)%600)
		if k%17 == 3 && i == n/2 {
			µs += 38_000 // now and then one is slower
		}
		if kind == Slow && i == 2%n {
			µs += 150_000
		}
		return µs
	}
	last := n - 1
	if fails {
		last = bad
	}
	total := make([]int64, n+1)
	for i := last; i >= 0; i-- {
		total[i] = self(i) + total[i+1]
		if i < last {
			total[i] += 400 // network
		}
	}
	var out []zipkin.Span
	start := at
	for i := 0; i <= last; i++ {
		service := &zipkin.Endpoint{ServiceName: chain.ServiceName(i), IPv4: "10.1.0.14", Port: 8000}
		s := zipkin.Span{TraceID: id, ID: fmt.Sprintf("%016x", i+1), Kind: zipkin.Server, Name: "get /forward", Timestamp: start, Duration: total[i], LocalEndpoint: service,
			Tags: map[string]string{"http.method": "GET", "http.path": "/forward", "http.status_code": "200", chain.PodTag: pod(chain.DeploymentName(i), "", i, 0).Name, chain.NodeTag: fmt.Sprintf("n%d", i%3)}}
		if i == 0 {
			s.Name, s.Tags["http.path"] = "get /", "/"
		} else {
			s.ParentID, s.Shared = fmt.Sprintf("%016x", i), true
			client := zipkin.Span{TraceID: id, ID: s.ID, ParentID: s.ParentID, Kind: zipkin.Client, Name: "get /forward", Timestamp: start - 250, Duration: total[i] + 400,
				LocalEndpoint: &zipkin.Endpoint{ServiceName: chain.ServiceName(i - 1)}, RemoteEndpoint: service, Tags: map[string]string{"http.method": "GET"}}
			if fails {
				client.Tags["error"] = "503"
			}
			out = append(out, client)
		}
		if fails {
			s.Tags["error"], s.Tags["http.status_code"] = "503", "503"
		}
		if kind == Slow && i == 2%n {
			s.Tags[chain.FaultTag] = "latency=150ms"
			s.Annotations = []zipkin.Annotation{{Timestamp: start + 40, Value: "fault: sleeping 150ms"}}
		}
		out = append(out, s)
		start += self(i)*2/3 + 250
	}
	return out
}

type traceSource struct {
	kind string
	n    int
}

func (t traceSource) Traces(_ context.Context, q zipkin.Query) (zipkin.Search, error) {
	var s zipkin.Search
	for k := range min(q.Limit, 60) {
		s.Traces = append(s.Traces, zipkin.Of(spans(t.kind, t.n, k)))
	}
	return s, nil
}

// Services are those of the chain, and another that the collector knows.
func (t traceSource) Services(context.Context) ([]string, error) {
	services := []string{"orders"}
	for i := range t.n {
		services = append(services, chain.ServiceName(i))
	}
	return services, nil
}

func (t traceSource) Trace(_ context.Context, id string) (zipkin.List, error) {
	for k := range 60 {
		if all := spans(t.kind, t.n, k); all[0].TraceID == id {
			return zipkin.Of(all), nil
		}
	}
	return zipkin.List{}, &zipkin.StatusError{Status: 404, Body: id + " not found"}
}
