package feed

import (
	"context"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// TraceSource finds traces; *zipkin.API is one.
type TraceSource interface {
	// Traces searches. With an error comes what was read until then.
	Traces(ctx context.Context, q zipkin.Query) (zipkin.Search, error)
	// Trace gets one trace by its id.
	Trace(ctx context.Context, id string) (zipkin.List, error)
	// Services are the names of those that spans came from.
	Services(ctx context.Context) ([]string, error)
}
