package traces

import (
	"context"
	"errors"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// errNoTraces is a collector that has none yet; it is asked again.
var errNoTraces = errors.New("the collector has no traces yet")

// sought is the trace of an id or its beginning, or the latest, or the slowest of the newest.
func sought(ctx context.Context, source feed.TraceSource, name string) (zipkin.List, error) {
	if name != traces.Latest && name != traces.Slowest {
		return zipkin.Named(ctx, source, name)
	}
	found, err := source.Traces(ctx, zipkin.Query{Limit: 100, Lookback: 24 * time.Hour})
	switch {
	case err != nil:
		return zipkin.List{}, err
	case len(found.Traces) == 0:
		return zipkin.List{}, errNoTraces
	case name == traces.Latest:
		return found.Traces[0], nil
	}
	return found.Traces[traces.Longest(found.Traces)], nil
}
