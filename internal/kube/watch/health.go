package watch

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
)

// When the API server is asked whether it is there. A frozen server keeps its connections open and shows no error for
// some 45 s, until HTTP/2's own ping gives up; so silence is broken by a small request of our own.
const (
	calm      = 2500 * time.Millisecond // after this long without a sign of life it is asked
	patience  = 1500 * time.Millisecond // and has this long to answer: together below 5 s
	impatient = 800 * time.Millisecond  // the same while it is known to be down
	between   = 300 * time.Millisecond  // two questions while it is down
	unready   = 3 * time.Second         // an answer that it is not ready counts as none for this long
	headStart = time.Second             // of calm, at the start
)

// health knows whether the API server answers.
type health struct {
	changed func()
	last    atomic.Int64  // time of the last sign of life, Unix ns
	doubts  chan struct{} // holds a token when something went wrong
	prober  prober

	mu  sync.Mutex
	err error         // why it is down, classified
	up  chan struct{} // closed while it is up
}

func newHealth(cluster *kube.Cluster, changed func()) *health {
	h := &health{changed: changed, doubts: make(chan struct{}, 1), up: make(chan struct{})}
	h.prober.cluster = cluster
	h.last.Store(time.Now().Add(-headStart).UnixNano())
	close(h.up)
	return h
}

// alive notes a sign of life.
func (h *health) alive() { h.last.Store(time.Now().UnixNano()) }

// doubt asks at once.
func (h *health) doubt() {
	select {
	case h.doubts <- struct{}{}:
	default:
	}
}

// down is why the API server does not answer; nil while it does.
func (h *health) down() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.err
}

// wait waits until it answers: nothing else is tried while it doesn't.
func (h *health) wait(ctx context.Context) error {
	h.mu.Lock()
	up := h.up
	h.mu.Unlock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-up:
		return nil
	}
}

// pause waits before a request is tried again: shorter when the server was down and is back. It tells whether ctx lasted.
func (h *health) pause(ctx context.Context, d time.Duration) bool {
	if h.down() != nil {
		return h.wait(ctx) == nil
	}
	return sleep(ctx, d)
}

func (h *health) run(ctx context.Context) {
	defer h.prober.close()
	timer := time.NewTimer(calm)
	defer timer.Stop()
	for {
		down := h.down() != nil
		next := between
		if !down {
			next = calm - time.Since(time.Unix(0, h.last.Load()))
		}
		timer.Reset(next)
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			if !down && time.Since(time.Unix(0, h.last.Load())) < calm {
				continue
			}
		case <-h.doubts:
		}
		timeout := patience
		if down {
			timeout = impatient
		}
		err := h.prober.probe(ctx, timeout)
		if ctx.Err() != nil {
			return
		}
		h.set(err)
	}
}

func (h *health) set(err error) {
	h.mu.Lock()
	was := h.err
	switch h.err = err; {
	case err == nil && was != nil:
		close(h.up)
	case err != nil && was == nil:
		h.up = make(chan struct{})
	}
	h.mu.Unlock()
	if err == nil {
		h.alive()
	}
	if (err == nil) != (was == nil) || (err != nil && err.Error() != was.Error()) {
		h.changed()
	}
}

// errUnready is an API server that answers, but not yet to the purpose.
var errUnready = errors.New("it says that it is not ready")
