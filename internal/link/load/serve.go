package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/drain"
)

// Run sends the load, and serves the generator's state on the listener, until ctx ends: then no more requests are
// sent, and those in flight finish.
func (g *Generator) Run(ctx context.Context, on net.Listener) error {
	alive, end := context.WithCancel(context.WithoutCancel(ctx))
	pacing, stop := context.WithCancel(alive)
	var running, pacer sync.WaitGroup
	if g.watcher != nil {
		running.Go(func() { g.watcher.Run(alive) })
	}
	running.Go(func() { g.conns.Run(alive) })
	pacer.Go(func() { g.pace(pacing) })
	g.options.Log.Info("load generator runs", "target", g.options.Target, "listen", on.Addr().String(), "version", g.options.Version)
	server := &http.Server{Handler: g.handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second, IdleTimeout: 75 * time.Second, MaxHeaderBytes: 64 << 10}
	err := drain.Serve(ctx, on, server, drain.Plan{Delay: g.options.DrainDelay, Grace: 5 * time.Second,
		Announce: func() { g.draining.Store(true); stop() }})
	stop()
	pacer.Wait()
	err = errors.Join(err, g.finish())
	end()
	running.Wait()
	s := g.State()
	g.options.Log.Info("load generator has stopped", "sent", s.Total.Sent, "ok", s.Total.OK, "failed", s.Total.Failed, "skipped", s.Total.Skipped)
	return err
}

// finish waits for the requests in flight.
func (g *Generator) finish() error {
	done := make(chan struct{})
	go func() { g.requests.Wait(); close(done) }()
	grace := time.NewTimer(g.options.DrainGrace)
	defer grace.Stop()
	select {
	case <-done:
		return nil
	case <-grace.C:
		return fmt.Errorf("%d requests were not answered within %v", g.inFlight.Load(), g.options.DrainGrace)
	}
}

// State is what the generator does and what came of it.
func (g *Generator) State() chain.LoadState {
	s := chain.LoadState{Target: g.options.Target, Started: g.stats.start, Load: *g.load.Load(), Version: g.options.Version, Pod: g.options.Pod}
	s.Total, s.Recent = g.stats.read(time.Now())
	if g.watcher == nil {
		return s
	}
	settings, err := g.watcher.Current()
	if settings != nil {
		s.Config = settings.Digest
	}
	if err != nil {
		s.Error = err.Error()
	}
	return s
}

func (g *Generator) handler() http.Handler {
	mux := http.NewServeMux()
	say := func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
	mux.HandleFunc("/livez", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, `{"message": "ok"}`) })
	mux.HandleFunc("/readiness", func(w http.ResponseWriter, _ *http.Request) {
		if g.draining.Load() {
			say(w, http.StatusServiceUnavailable, `{"message": "shutting down"}`)
			return
		}
		say(w, http.StatusOK, `{"message": "ok"}`)
	})
	mux.HandleFunc("/state", func(w http.ResponseWriter, _ *http.Request) {
		body, err := json.Marshal(g.State())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		say(w, http.StatusOK, string(body))
	})
	mux.Handle("/metrics", promhttp.HandlerFor(g.metrics(), promhttp.HandlerOpts{}))
	return mux
}

func (g *Generator) metrics() *prometheus.Registry {
	r := prometheus.NewRegistry()
	total := func() *tally { return g.stats.total }
	for _, c := range []struct {
		name, help string
		value      func() uint64
	}{
		{"chain_load_sent_total", "Requests sent.", func() uint64 { return total().sent }},
		{"chain_load_ok_total", "Requests answered below 400.", func() uint64 { return total().ok }},
		{"chain_load_failed_total", "Requests answered 400 and above, timed out, or not connected.", func() uint64 { return total().failed }},
		{"chain_load_skipped_total", "Requests due but not sent, for want of concurrency.", func() uint64 { return total().skipped }},
	} {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: c.name, Help: c.help}, func() float64 {
			g.stats.mu.Lock()
			defer g.stats.mu.Unlock()
			return float64(c.value())
		}))
	}
	r.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "chain_load_rate", Help: "Requests per second that are due."},
			func() float64 { return g.load.Load().Rate }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "chain_load_in_flight", Help: "Requests without an answer yet."},
			func() float64 { return float64(g.inFlight.Load()) }),
		latencies{g.stats},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}
