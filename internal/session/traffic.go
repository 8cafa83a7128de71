package session

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/traffic"
)

// trafficSource polls the collector and the load generator, once each time that it is asked.
type trafficSource struct {
	reach *reach

	mu    sync.Mutex
	meter *traffic.Meter
	asked bool // the first poll looks further back than the others
}

func newTraffic(r *reach) *trafficSource { return &trafficSource{reach: r, meter: traffic.NewMeter()} }

// How far back polls look: the first for a picture to begin with, the others for what is new since the last, with room
// for traces that were still arriving.
const (
	firstLookback = 5 * time.Minute
	lookback      = 10 * time.Second
)

// Traffic asks both at once. What one of them does not answer is said in Err; the rest is shown.
func (t *trafficSource) Traffic(ctx context.Context) (*traffic.Traffic, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.reach.watcher.Latest()
	if s.Origin == state.None || len(s.Links) == 0 {
		return &traffic.Traffic{At: time.Now()}, nil
	}
	var (
		load    *chain.LoadState
		loadErr error
		group   sync.WaitGroup
	)
	if s.Load != nil && s.Load.Exists && !s.Load.Bare && s.Load.ReadyPods > 0 {
		group.Go(func() { load, loadErr = t.load(ctx) })
	}
	err := t.poll(ctx)
	group.Wait()
	out := t.meter.Read(time.Now(), order(s), load)
	switch {
	case err != nil:
		out.Err = "no traces: " + err.Error()
	case loadErr != nil:
		out.Err = "the load generator does not answer: " + loadErr.Error()
	}
	return out, nil
}

func (t *trafficSource) poll(ctx context.Context) error {
	q := zipkin.Query{Limit: traffic.Recent, Lookback: lookback}
	if !t.asked {
		q.Lookback = firstLookback
	}
	found, err := t.reach.Traces(ctx, q)
	if err != nil {
		return err
	}
	t.asked = true
	t.meter.Add(found.Traces)
	return nil
}

// order is the services in the order of the links.
func order(s *state.Snapshot) chain.Order {
	names := make(chain.Order, len(s.Links))
	for i := range s.Links {
		names[i] = s.Links[i].Service
	}
	return names
}

// stateLimit bounds the load generator's answer.
const stateLimit = 1 << 20

func (t *trafficSource) load(ctx context.Context) (*chain.LoadState, error) {
	client, base := t.reach.cluster.ServiceProxy(chain.LoadGenerator, chain.ServicePort)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/state", nil)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	var out chain.LoadState
	return &out, json.NewDecoder(io.LimitReader(answer.Body, stateLimit)).Decode(&out)
}
