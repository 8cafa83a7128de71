package link

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/chaintui/chaintui/internal/link/conns"
	"github.com/chaintui/chaintui/internal/link/drain"
	"github.com/chaintui/chaintui/internal/link/live"
)

// Link is one link. It is an http.Handler; Run serves it.
type Link struct {
	options   Options
	final     answer // the tail's
	userAgent []string
	metrics   *metrics
	access    accessLog
	tracing   *tracing
	watcher   *live.Watcher
	transport http.RoundTripper
	conns     *conns.Transport
	prom      http.Handler

	route    atomic.Pointer[route] // nil before the first good configuration
	draining atomic.Bool
}

// New reads the configuration and makes the link; Run serves it, and must be called to end what New started.
func New(o Options) (*Link, error) {
	if o.Service == "" {
		return nil, errors.New("a link needs its service's name: set CHAIN_LINK_SERVICE_NAME or --service-name, such as chain-link-service-0")
	}
	if !(o.SampleRate >= 0 && o.SampleRate <= 1) {
		return nil, fmt.Errorf("sample rate %v: want 0 to 1", o.SampleRate)
	}
	o.setDefaults()
	switch o.AccessLog {
	case AccessAll, AccessErrors, AccessOff:
	default:
		return nil, fmt.Errorf("access log %q: want %s, %s or %s", o.AccessLog, AccessAll, AccessErrors, AccessOff)
	}
	l := &Link{options: o, metrics: newMetrics(), access: accessLog{level: o.AccessLog, log: o.Log}, conns: conns.New(o.Dial, o.ConnAge)}
	l.transport = l.conns
	l.final = message(http.StatusOK, "You have reached the final chain link "+o.Service)
	l.userAgent = []string{"chain-link/" + o.Version}
	var err error
	if l.tracing, err = newTracing(o); err != nil {
		return nil, err
	}
	if l.tracing != nil {
		l.metrics.spansOf(l.tracing.reporter)
	}
	l.prom = promhttp.HandlerFor(l.metrics.registry, promhttp.HandlerOpts{})
	l.watcher = live.New(live.Options{Dir: o.ConfigDir, Reread: o.Reread, Log: o.Log, Count: l.metrics.reloaded,
		Apply: l.take})
	return l, nil
}

// Run serves on the listener until ctx ends: then readiness fails, requests are served for DrainDelay, the listener
// closes, what is in flight finishes, and the spans are sent. Its error says that requests were cut.
func (l *Link) Run(ctx context.Context, on net.Listener) error {
	alive, end := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { l.watcher.Run(alive) })
	running.Go(func() { l.conns.Run(alive) })
	server := &http.Server{
		Handler:           l,
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      l.options.Timeout + 5*time.Second,
		IdleTimeout:       75 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, bornKey{}, time.Now())
		},
		ErrorLog: serverLog(l.options.Log),
	}
	l.options.Log.Info("link serves", "service", l.options.Service, "listen", on.Addr().String(), "version", l.options.Version)
	err := drain.Serve(ctx, on, server, drain.Plan{Announce: l.announce, Delay: l.options.DrainDelay, Grace: l.options.DrainGrace})
	end()
	running.Wait()
	if l.tracing != nil {
		flush, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.options.FlushGrace)
		defer cancel()
		if lost := l.tracing.reporter.Shutdown(flush); lost != nil { // no reason to call the pod failed
			l.options.Log.Warn("spans were lost", "error", lost.Error())
		}
	}
	l.options.Log.Info("link has stopped", "requests", l.metrics.requests.Load())
	return err
}

func (l *Link) announce() {
	l.draining.Store(true)
	l.options.Log.Info("link is shutting down", "inFlight", l.metrics.inFlight.Load())
}

// ServeHTTP answers all of the link's paths.
func (l *Link) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		refuseBody(w)
	}
	switch r.URL.Path {
	case rootPath, forwardPath:
		l.serve(w, r)
	case readinessPath:
		l.readiness().write(w)
	case livezPath:
		okAnswer.write(w)
	case metricsPath:
		l.prom.ServeHTTP(w, r)
	case statePath:
		l.serveState(w)
	default:
		notFound.write(w)
	}
}

type bornKey struct{}

// old tells that the request's connection has been used for long enough.
func (l *Link) old(r *http.Request) bool {
	born, ok := r.Context().Value(bornKey{}).(time.Time)
	return ok && time.Since(born) > l.options.ConnAge
}
