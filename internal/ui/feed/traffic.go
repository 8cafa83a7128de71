package feed

import (
	"context"

	"github.com/chaintui/chaintui/internal/flow"
)

// TrafficSource tells what flows through the chain. It is asked once a second; *flow.Source is one.
type TrafficSource interface {
	Traffic(ctx context.Context) (*Traffic, error)
}

// Traffic and LinkTraffic are what flow knows.
type (
	Traffic     = flow.Traffic
	LinkTraffic = flow.Link
)
