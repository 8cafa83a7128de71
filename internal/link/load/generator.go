// Package load is the chain's load generator: requests at a given rate whatever becomes of those before (an open loop),
// with latencies measured from the moment each was due. It starts no trace; the head of the chain does.
package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/conns"
	"github.com/chaintui/chaintui/internal/link/live"
)

// Options are what a load generator is started with. Target is required.
type Options struct {
	Target    string        // URL of the head
	Load      chain.Load    // until the ConfigMap says something else, and when it says nothing
	ConfigDir string        // where the ConfigMap is mounted; empty follows none
	Timeout   time.Duration // of a request: 15 s, longer than a link's, so that its 504 is seen

	DrainDelay time.Duration // between SIGTERM and the closing of the listener
	DrainGrace time.Duration // for requests in flight, default 10 s

	Pod, Version string
	Log          *slog.Logger
	Dial         conns.DialFunc
	Reread       time.Duration // of the configuration: 10 s
}

// Generator sends the load.
type Generator struct {
	options Options
	target  *url.URL
	header  http.Header
	conns   *conns.Transport
	watcher *live.Watcher // nil without a ConfigDir
	stats   *stats

	load     atomic.Pointer[chain.Load]
	changed  chan struct{}
	inFlight atomic.Int64
	requests sync.WaitGroup
	draining atomic.Bool
}

// New makes a generator; Run starts it.
func New(o Options) (*Generator, error) {
	target, err := url.Parse(o.Target)
	if err != nil || target.Scheme != "http" || target.Host == "" {
		return nil, fmt.Errorf("target %q: want a URL such as http://%s/", o.Target, chain.ServiceName(0))
	}
	if err := o.Load.Validate(); err != nil {
		return nil, err
	}
	if o.Timeout == 0 {
		o.Timeout = 15 * time.Second
	}
	if o.DrainGrace == 0 {
		o.DrainGrace = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	g := &Generator{options: o, target: target, conns: conns.New(o.Dial, 0), stats: newStats(time.Now()), changed: make(chan struct{}, 1),
		header: http.Header{"User-Agent": {"chain-link-load/" + o.Version}}}
	g.set(o.Load)
	if o.ConfigDir != "" {
		g.watcher = live.New(live.Options{Dir: o.ConfigDir, Reread: o.Reread, Log: o.Log, Apply: g.apply})
	}
	return g, nil
}

func (g *Generator) apply(s live.Settings) {
	if s.Load != nil {
		g.set(*s.Load)
		return
	}
	g.set(g.options.Load)
}

func (g *Generator) set(l chain.Load) {
	if l.Concurrency == 0 {
		l.Concurrency = chain.DefaultConcurrency
	}
	if before := g.load.Swap(&l); before != nil && *before == l {
		return
	}
	select {
	case g.changed <- struct{}{}:
	default:
	}
}

// pace fires each request when it is due, until ctx ends. One that is late, because this process was, is sent at once
// and charged from when it was due.
func (g *Generator) pace(ctx context.Context) {
	const lost = 5 * time.Second // behind by more: the process was frozen, and there is nothing to catch up with
	last := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	wait := func(d time.Duration) (goOn bool) {
		timer.Reset(d)
		select {
		case <-timer.C:
			return true
		case <-g.changed: // the new rate counts from now: what it would have sent before is not owed
			last = time.Now()
		case <-ctx.Done():
		}
		return false
	}
	for ctx.Err() == nil {
		l := g.load.Load()
		if l.Rate == 0 {
			wait(time.Hour)
			last = time.Now()
			continue
		}
		due := last.Add(interval(*l))
		now := time.Now()
		if now.Sub(due) > lost {
			last = now
			continue
		}
		if d := due.Sub(now); d > 0 && !wait(d) {
			continue
		}
		last = due
		g.fire(ctx, due, *l)
	}
}

// interval is the time to the next request, in seconds 1/rate, or exponentially distributed around it.
func interval(l chain.Load) time.Duration {
	mean := float64(time.Second) / l.Rate
	if l.Jitter {
		mean *= rand.ExpFloat64()
	}
	return time.Duration(min(mean, float64(24*time.Hour)))
}

// fire starts the request that is due, if the concurrency allows.
func (g *Generator) fire(ctx context.Context, due time.Time, l chain.Load) {
	if g.inFlight.Add(1) > int64(l.Concurrency) {
		g.inFlight.Add(-1)
		g.stats.count(due, func(t *tally) { t.skipped++ })
		return
	}
	g.stats.count(time.Now(), func(t *tally) { t.sent++ })
	within := context.WithoutCancel(ctx) // the request outlives the pace, until Run's grace is over
	g.requests.Go(func() {
		reason := g.request(within)
		now := time.Now()
		g.stats.count(now, func(t *tally) { t.result(now.Sub(due), reason) })
		g.inFlight.Add(-1)
	})
}

// request sends one request. It returns why it failed, empty when it did not.
func (g *Generator) request(ctx context.Context) (reason string) {
	ctx, cancel := context.WithTimeout(ctx, g.options.Timeout)
	defer cancel()
	r := &http.Request{Method: http.MethodGet, URL: g.target, Host: g.target.Host, Header: g.header, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	resp, err := g.conns.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return classify(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 16<<20)); err != nil {
		return classify(err)
	}
	if resp.StatusCode >= 400 {
		return "HTTP " + strconv.Itoa(resp.StatusCode)
	}
	return ""
}

// classify names the kind of an error in a word, so that there are few.
func classify(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		return "dns"
	case errors.As(err, &op) && op.Op == "dial":
		return "connect"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return "connection lost"
}
