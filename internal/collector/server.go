// Package collector is the built-in trace collector: Zipkin's HTTP API over a bounded store in memory. It answers as a
// Zipkin server with its memory store does, to the letter where a client could tell; docs/collector.md lists where not.
package collector

import (
	"log/slog"
	"net/http"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"github.com/chaintui/chaintui/internal/collector/store"
)

// Options configure a Server. The zero value of each field means its default.
type Options struct {
	MaxSpans         int      // spans kept at most; 500,000, as Zipkin's MEM_MAX_SPANS
	MaxBytes         int      // bytes the stored spans may take; 256 MiB
	MaxIngestBytes   int      // bytes of all POSTs being read at one time, beyond which they get 429; 64 MiB
	LooseTraceIDs    bool     // traces are the same when the lower 64 bits of their ids are (STRICT_TRACE_ID=false)
	AutocompleteKeys []string // tags whose values /api/v2/autocompleteValues lists
	Version          string   // shown by /info; "unknown"
	Logger           *slog.Logger
}

func (o Options) withDefaults() Options {
	for _, limit := range [...]struct {
		value    *int
		fallback int
	}{
		{&o.MaxSpans, 500_000}, {&o.MaxBytes, 256 << 20}, {&o.MaxIngestBytes, 64 << 20},
	} {
		if *limit.value <= 0 {
			*limit.value = limit.fallback
		}
	}
	if o.Version == "" {
		o.Version = "unknown"
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Server is the collector. It has no goroutine of its own and needs no closing.
type Server struct {
	options  Options
	store    *store.Store
	metrics  *metrics
	incoming *semaphore.Weighted // bytes of POSTs being read
	linking  *semaphore.Weighted // one answer about dependencies at a time
	routes   map[string]handler
	services atomic.Int64 // how many the latest answer listed
}

// New makes an empty collector.
func New(options Options) *Server {
	options = options.withDefaults()
	s := &Server{
		options: options,
		store: store.New(store.Options{
			MaxSpans: options.MaxSpans, MaxBytes: options.MaxBytes,
			StrictTraceID: !options.LooseTraceIDs, AutocompleteKeys: options.AutocompleteKeys,
		}),
		incoming: semaphore.NewWeighted(int64(options.MaxIngestBytes)),
		linking:  semaphore.NewWeighted(1),
	}
	s.metrics = newMetrics(s.store)
	s.routes = s.newRoutes()
	return s
}

// Handler serves the API. What serves it should set http.Server's ReadHeaderTimeout and IdleTimeout; the time a POST may
// take is bounded here.
func (s *Server) Handler() http.Handler { return s }
