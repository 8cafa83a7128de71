// Package link is one link of a chain: it answers a request, or calls the next link and passes its answer on, and
// reports both as spans. Its place in the chain, and what it is to do wrong on purpose, come from a mounted ConfigMap
// and change while it runs.
package link

import (
	"log/slog"
	"time"

	"github.com/chaintui/chaintui/internal/link/conns"
)

// Options are what a link is started with. Only Service is required.
type Options struct {
	Service   string // its own Service's name, and the service name of its spans
	ConfigDir string // where the ConfigMap is mounted; default chain.ConfigDir
	Listen    string // default ":8000"

	ZipkinURL  string  // of POST /api/v2/spans; empty reports no spans
	SampleRate float64 // share of the requests without a decision that are traced, 0 to 1

	Timeout     time.Duration // of a whole request, passed on from hop to hop; default 10 s
	MaxInFlight int           // requests at once, more are answered 503; default 1024
	DrainDelay  time.Duration // between SIGTERM and the closing of the listener
	DrainGrace  time.Duration // for requests in flight after that; default Timeout
	FlushGrace  time.Duration // for spans after that; default 3 s

	Pod, Node, Namespace string // of the downward API, for spans and /state
	Version              string

	AccessLog AccessLog
	Log       *slog.Logger   // default slog.Default
	Dial      conns.DialFunc // default: net.Dialer's
	ConnAge   time.Duration  // of connections, after which they are closed; default conns.MaxAge

	SpanInterval time.Duration // between batches of spans; default 200 ms
	SpanQueue    int           // spans that wait at most; default 20,000
	Reread       time.Duration // of the configuration; default 10 s
}

// DefaultZipkinURL is where a chain's collector takes spans.
const DefaultZipkinURL = "http://zipkin-service/api/v2/spans"

// AccessLog says which requests are logged.
type AccessLog string

// Levels of access log. Even AccessAll writes at most 100 lines a second, and says how many it left out.
const (
	AccessAll    AccessLog = "all"
	AccessErrors AccessLog = "errors" // answered 500 and above
	AccessOff    AccessLog = "off"
)

func (o *Options) setDefaults() {
	defaultTo(&o.ConfigDir, "/etc/chain-link.conf.d")
	defaultTo(&o.Listen, ":8000")
	defaultTo(&o.Timeout, 10*time.Second)
	defaultTo(&o.MaxInFlight, 1024)
	defaultTo(&o.DrainGrace, o.Timeout)
	defaultTo(&o.FlushGrace, 3*time.Second)
	defaultTo(&o.AccessLog, AccessAll)
	defaultTo(&o.ConnAge, conns.MaxAge)
	defaultTo(&o.Log, slog.Default())
}

func defaultTo[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}
