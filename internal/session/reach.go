package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/traffic"
	"github.com/chaintui/chaintui/internal/validate"
)

// reach asks a chain's collector, head and load generator, wherever its newest release says they are.
type reach struct {
	cluster   *kube.Cluster
	watcher   *watch.Watcher
	collector *Collector
}

// errNoCollector is a chain without any.
var errNoCollector = errors.New("this chain has no collector to ask")

func (r *reach) api() (*zipkin.API, error) {
	s := r.watcher.Latest()
	if s.Origin == state.None {
		return nil, errNoCollector
	}
	return r.collector.API(s)
}

// Traces searches, and leaves out what is another chain's.
func (r *reach) Traces(ctx context.Context, q zipkin.Query) (zipkin.Search, error) {
	api, err := r.api()
	if err != nil {
		return zipkin.Search{}, err
	}
	found, err := api.Traces(ctx, q)
	found.Traces = traffic.Own(r.cluster.Namespace, found.Traces)
	return found, err
}

// Trace gets one trace.
func (r *reach) Trace(ctx context.Context, id string) (zipkin.List, error) {
	api, err := r.api()
	if err != nil {
		return zipkin.List{}, err
	}
	return api.Trace(ctx, id)
}

// Services lists those that spans came from.
func (r *reach) Services(ctx context.Context) ([]string, error) {
	api, err := r.api()
	if err != nil {
		return nil, err
	}
	return api.Services(ctx)
}

func (r *reach) sources() validate.Sources { return Sources(r.collector, r.watcher) }

// request sends one to the head.
func (r *reach) request(ctx context.Context) (summary, traceID string, err error) {
	s := r.watcher.Latest()
	if len(s.Links) == 0 {
		return "", "", errors.New("there is no chain to send it to")
	}
	p := r.sources().Send(ctx, validate.NewProbe(), s.Links[0].Service)
	if p.Err != nil {
		return "", "", p.Err
	}
	return fmt.Sprintf("%d in %v", p.Status, p.Took.Round(100*time.Microsecond)), p.TraceID, nil
}

// validate proves the chain; the error is the first thing that is wrong.
func (r *reach) validate(ctx context.Context, update func(string)) (string, error) {
	result, err := validate.Run(ctx, r.sources(), validate.Options{Update: update})
	if err != nil {
		return "", err
	}
	if result.Outcome != validate.Healthy {
		return "", errors.New(result.Headline)
	}
	return result.Headline, nil
}
