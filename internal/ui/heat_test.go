package ui_test

import (
	"context"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// busy is a chain's traffic of which the newest traces are the end only.
type busy struct{ feed.TrafficSource }

func (b busy) Traffic(ctx context.Context) (*feed.Traffic, error) {
	t, err := b.TrafficSource.Traffic(ctx)
	out := *t
	for i := range 940 {
		out.Past = append(out.Past, stats.Point{At: example.Now.Add(-time.Minute + time.Duration(i)*50*time.Millisecond), Duration: 9000})
	}
	return &out, err
}

// Latencies are shown of more than the list has; of what the list is limited to once it is.
func TestLatenciesReachBackFurtherThanTheList(t *testing.T) {
	s := changed(t, 200, 60, nil, func(s *feed.Session) { s.Traffic = busy{s.Traffic} })
	s.See("latency of the newest requests", "−1 min", "now, 1,000 traces").Press("3").See("−1 min", "now, 1,000 traces").
		Press("s").See("now, 1,000 traces").
		Press("/").Type("get").Enter().See("now, 60 traces").Esc().See("now, 1,000 traces").
		Press("p").See("now, 60 traces")
}
