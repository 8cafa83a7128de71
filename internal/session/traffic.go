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
	heard heard
}

func newTraffic(r *reach) *trafficSource { return &trafficSource{reach: r, meter: traffic.NewMeter()} }

// How far back polls look: the first for a picture to begin with, the others for what is new since the last, with room
// for traces that were still arriving. A collector goes by when a trace began, and it is there once it has ended: so they
// look back by what requests take as well, or nothing would be seen of a chain that hangs.
const (
	firstLookback = 5 * time.Minute
	lookback      = 10 * time.Second
	unknown       = 20 * time.Second // what requests may take when no load generator tells
	longest       = 2 * time.Minute
)

// since is how far back a poll looks that is not the first, by what the load generator said last.
func since(load *chain.LoadState) time.Duration {
	if load == nil {
		return lookback + unknown
	}
	return lookback + min(time.Duration(load.Recent.Max*float64(time.Millisecond)), longest)
}

// Traffic asks both at once. What one of them does not answer is said in Err; the rest is shown.
func (t *trafficSource) Traffic(ctx context.Context) (*traffic.Traffic, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.reach.watcher.Latest()
	if s.Origin == state.None || len(s.Links) == 0 {
		return &traffic.Traffic{}, nil
	}
	var (
		load    *chain.LoadState
		loadErr error
		group   sync.WaitGroup
	)
	loaded := s.Load != nil && s.Load.Exists && !s.Load.Bare && s.Load.ReadyPods > 0
	if loaded {
		group.Go(func() { load, loadErr = t.load(ctx) })
	}
	err := t.poll(ctx)
	group.Wait()
	if loaded {
		load = t.heard.or(load, time.Now(), s.Conn.Phase)
	}
	out := t.meter.Read(order(s), load)
	switch {
	case err != nil:
		out.Err = "no traces: " + err.Error()
	case loadErr != nil:
		out.Err = "the load generator does not answer: " + loadErr.Error()
	}
	return out, nil
}

func (t *trafficSource) poll(ctx context.Context) error {
	q := zipkin.Query{Limit: traffic.Recent, Lookback: since(t.heard.load)}
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
	return loadState(answer.Body)
}

func loadState(body io.Reader) (*chain.LoadState, error) {
	var out chain.LoadState
	if err := json.NewDecoder(io.LimitReader(body, stateLimit)).Decode(&out); err != nil {
		return nil, err
	}
	return &out, nil
}

// heard is what the load generator said last.
type heard struct {
	load *chain.LoadState
	at   time.Time
}

// unheard is how long the last word holds when no other comes: an API server that is gone is called so some seconds
// after it has stopped to answer.
const unheard = 10 * time.Second

// or is the load generator's word now (nil when it did not answer), else its last one: while the API server, through
// which it is asked, does not answer either.
func (h *heard) or(load *chain.LoadState, now time.Time, phase state.Phase) *chain.LoadState {
	if load != nil {
		*h = heard{load, now}
	}
	if phase == state.Stale || now.Sub(h.at) < unheard {
		return h.load
	}
	return nil
}
