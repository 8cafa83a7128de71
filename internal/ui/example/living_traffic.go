package example

import (
	"context"
	"fmt"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// request is one sent now.
func (l *Living) request() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := fmt.Sprintf("%032x", len(l.requests)+1)
	trace := spans(l.kind(), len(l.snap.Links), 0)
	for i := range trace {
		trace[i].TraceID = id
	}
	l.requests[id] = zipkin.Of(trace)
	return id
}

// kind is the example whose traffic is like this one's.
func (l *Living) kind() string {
	kind := Healthy
	for _, f := range l.snap.Live.Faults {
		if f.ErrorRate > 0 {
			return Errors
		}
		kind = Slow
	}
	return kind
}

// Traffic is what flows: with an error fault no request gets past its link.
func (l *Living) Traffic(context.Context) (*feed.Traffic, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	kind, n := l.kind(), len(l.snap.Links)
	t := Traffic(kind, n)
	l.sent += 5
	t.Load.Load = *l.snap.Live.Load
	t.Load.Total = chain.LoadStats{Sent: l.sent, OK: l.sent}
	if kind == Errors {
		for i := range n {
			x := t.Links[chain.ServiceName(i)]
			x.Errors = 1
			if i > 4 {
				x = feed.LinkTraffic{Idle: true, Why: "nothing reaches it: requests fail at link 4"}
			} else if i == 4 {
				x.Why = "all of its newest 10 requests fail here with 503; links before it pass that on"
			}
			t.Links[chain.ServiceName(i)] = x
		}
	}
	return t, nil
}

// Traces finds the newest.
func (l *Living) Traces(ctx context.Context, q zipkin.Query) (zipkin.Search, error) {
	return l.source().Traces(ctx, q)
}

// Trace gets one.
func (l *Living) Trace(ctx context.Context, id string) (zipkin.List, error) {
	l.mu.Lock()
	list, ok := l.requests[id]
	l.mu.Unlock()
	if ok {
		return list, nil
	}
	return l.source().Trace(ctx, id)
}

// Services are those of the chain, and another that the collector knows.
func (l *Living) Services(ctx context.Context) ([]string, error) { return l.source().Services(ctx) }

func (l *Living) source() traceSource {
	l.mu.Lock()
	defer l.mu.Unlock()
	return traceSource{l.kind(), len(l.snap.Links)}
}
