package link

import (
	"math/rand/v2"
	"net"
	"strconv"

	"github.com/openzipkin/zipkin-go"
	"github.com/openzipkin/zipkin-go/model"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/spans"
	"github.com/chaintui/chaintui/internal/link/trace"
)

// tracing starts the link's spans. Nil when it reports none.
type tracing struct {
	reporter *spans.Reporter
	shared   *zipkin.Tracer // for B3 callers: server spans share the client's id, zipkin-go's default
	child    *zipkin.Tracer // for W3C callers: server spans have ids of their own
}

func newTracing(o Options) (*tracing, error) {
	if o.ZipkinURL == "" {
		return nil, nil
	}
	local := localEndpoint(o.Service, o.Listen)
	t := &tracing{reporter: spans.New(spans.Options{URL: o.ZipkinURL, Local: local, Log: o.Log,
		Interval: o.SpanInterval, MaxSpans: o.SpanQueue,
		Tags: [][2]string{{chain.PodTag, o.Pod}, {chain.NodeTag, o.Node}, {chain.NamespaceTag, o.Namespace}}})}
	tracer := func(shared bool) (*zipkin.Tracer, error) {
		tr, err := zipkin.NewTracer(t.reporter, zipkin.WithIDGenerator(trace.IDs{}), zipkin.WithNoopSpan(true),
			zipkin.WithSampler(sampler(o.SampleRate)), zipkin.WithSharedSpans(shared))
		if err != nil {
			_ = t.reporter.Close()
			return nil, err
		}
		return tr, nil
	}
	var err error
	if t.shared, err = tracer(true); err != nil {
		return nil, err
	}
	t.child, err = tracer(false)
	return t, err
}

// sampler decides for requests that come without a decision. The decision travels on, so it need not depend on the id.
func sampler(rate float64) zipkin.Sampler {
	return func(uint64) bool { return rate >= 1 || rand.Float64() < rate }
}

// server starts the span of a request that came in, joining or continuing the caller's trace.
func (t *tracing) server(in trace.Incoming, name string) zipkin.Span {
	tracer := t.child
	if in.Shared {
		tracer = t.shared
	}
	return tracer.StartSpan(name, kindServer, zipkin.Parent(in.SpanContext))
}

// client starts the span of a call to the next link.
func (t *tracing) client(parent zipkin.Span, remote *model.Endpoint) zipkin.Span {
	return t.shared.StartSpan("get "+forwardPath, kindClient, zipkin.Parent(parent.Context()), zipkin.RemoteEndpoint(remote))
}

var kindServer, kindClient = zipkin.Kind(model.Server), zipkin.Kind(model.Client)

// localEndpoint is this link: its service, the pod's address and the port it listens on.
func localEndpoint(service, listen string) *model.Endpoint {
	e := &model.Endpoint{ServiceName: service}
	if _, port, err := net.SplitHostPort(listen); err == nil {
		n, _ := strconv.ParseUint(port, 10, 16)
		e.Port = uint16(n)
	}
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		ip, ok := a.(*net.IPNet)
		if !ok || ip.IP.IsLoopback() || ip.IP.IsLinkLocalUnicast() {
			continue
		}
		if v4 := ip.IP.To4(); v4 != nil && e.IPv4 == nil {
			e.IPv4 = v4
		} else if v4 == nil && e.IPv6 == nil {
			e.IPv6 = ip.IP
		}
	}
	return e
}
