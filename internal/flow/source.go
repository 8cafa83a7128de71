package flow

import (
	"context"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Source reads a chain's traffic: one question to the collector and one to the load generator each time it is asked.
// It is for one caller at a time.
type Source struct {
	// Search asks the collector; nil without one. *zipkin.API's Traces is one.
	Search func(context.Context, zipkin.Query) (zipkin.Search, error)
	// LoadState asks the load generator; nil without one.
	LoadState func(context.Context) (*chain.LoadState, error)
	// Order is the chain's services as they are now.
	Order func() []string

	history history
	built   map[string]built
}

// built is a trace made before: it is made again only when it has grown.
type built struct {
	spans int
	trace *traces.Trace
}

// What the collector is asked for.
const (
	newest   = 100
	lookback = 5 * time.Minute
)

// Traffic is the chain's traffic now. What could not be read is said in it; it is never an error.
func (s *Source) Traffic(ctx context.Context) (*Traffic, error) {
	t := &Traffic{At: time.Now()}
	loaded := make(chan error, 1)
	go func() {
		var err error
		if s.LoadState != nil {
			t.Load, err = s.LoadState(ctx)
		}
		loaded <- err
	}()
	if s.Search != nil {
		found, err := s.Search(ctx, zipkin.Query{Lookback: lookback, Limit: newest})
		if err != nil {
			t.Err = "the collector does not answer: " + sanitise.Line(err.Error())
		}
		t.Recent = s.build(found.Traces)
	}
	if err := <-loaded; err != nil && t.Err == "" {
		t.Err = "the load generator does not answer: " + sanitise.Line(err.Error())
	}
	var order []string
	if s.Order != nil {
		order = s.Order()
	}
	s.sum(t, order)
	return t, nil
}

func (s *Source) build(lists []zipkin.List) []*traces.Trace {
	kept := make(map[string]built, len(lists))
	out := make([]*traces.Trace, 0, len(lists))
	for _, l := range lists {
		id := l.Spans[0].TraceID
		b, ok := s.built[id]
		if !ok || b.spans != l.Received() {
			b = built{l.Received(), traces.BuildList(l)}
		}
		kept[id] = b
		out = append(out, b.trace)
	}
	s.built = kept
	return out
}

// settling is how long a trace is left alone before its times go into the series: it may still get spans.
const settling = 2 * time.Second

func (s *Source) sum(t *Traffic, order []string) {
	t.Traces = len(t.Recent)
	var settled []*traces.Trace
	for _, trace := range t.Recent {
		t.Spans += trace.Ledger.Received
		if t.At.Sub(time.UnixMicro(trace.End)) > settling {
			settled = append(settled, trace)
		}
	}
	s.history.add(t.At, settled)
	t.Links = Judge(t.Recent, order)
	for service, l := range t.Links {
		l.Series = s.history.of(service, t.At)
		t.Links[service] = l
	}
}
