package validate

import (
	"context"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Watcher is where Snapshots come from; *watch.Watcher is one.
type Watcher interface {
	// Wait calls check with the newest Snapshot, at once and after each change, until it is done or fails or ctx ends.
	Wait(ctx context.Context, check func(*state.Snapshot) (done bool, err error)) error
	Latest() *state.Snapshot
}

// Sources are where a run's data comes from. Each function does one request or a few, within its context. Those that are
// nil can't be asked: the check is skipped then, and says so.
type Sources struct {
	Watch Watcher
	// Rights asks what the user may do, and who the API server says it is.
	Rights func(context.Context) (rights []Right, who string, err error)
	// Drift compares the cluster with the newest release; how says in a few words by what means.
	Drift func(context.Context) (drift []Drift, how string, err error)
	// Send sends one request to the head with the Probe's ids, and fills in the rest.
	Send func(ctx context.Context, p Probe, service string) Probe
	// Trace asks the collector for a trace.
	Trace func(ctx context.Context, id string) (zipkin.List, error)
	// Collector is what Trace asks: its Service when it is the chain's own, else its URL. Nil means the chain's own.
	Collector func() string
	// NoTrace says why Trace is nil.
	NoTrace string
	// Load asks the load generator.
	Load func(context.Context) (chain.LoadState, error)
	// Previous are the last lines of the container that ended last.
	Previous func(ctx context.Context, pod, container string, lines int) ([]string, error)
}

// Options of a run.
type Options struct {
	Timeout time.Duration // of the whole run; default 60 s
	Grace   time.Duration // how long a workload may fail before it counts as broken; default 20 s
	// Update is told what is being waited for, as often as that changes; nil is fine. It is called by one goroutine at a time.
	Update func(text string)
}

// reachTimeout is how long an API server may take to answer for the first time: the program gives up within 5 s.
const reachTimeout = 4500 * time.Millisecond

func (o Options) orDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = 60 * time.Second
	}
	if o.Grace <= 0 {
		o.Grace = 20 * time.Second
	}
	if o.Update == nil {
		o.Update = func(string) {}
	}
	return o
}
