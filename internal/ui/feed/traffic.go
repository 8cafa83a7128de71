package feed

import (
	"context"

	"github.com/chaintui/chaintui/internal/traffic"
)

// TrafficSource tells what flows through the chain. It is asked once a second while something shows it.
type TrafficSource interface {
	Traffic(ctx context.Context) (*Traffic, error)
}

// Traffic is the chain's requests at a moment; see internal/traffic.
type Traffic = traffic.Traffic

// LinkTraffic is one link's requests.
type LinkTraffic = traffic.Link
