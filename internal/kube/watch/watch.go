// Package watch keeps a state.Snapshot of a chain up to date: it watches the chain's objects, notices when the API server
// is gone or frozen, and goes on when it is back. Nothing is polled per object.
package watch

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// pace is the least time between two Snapshots.
const pace = 50 * time.Millisecond

// Watcher watches one chain until its context ends.
type Watcher struct {
	cluster *kube.Cluster
	builder *state.Builder
	sources []*source
	health  *health
	space   namespace
	dirty   chan struct{} // holds one token when a Snapshot is due
	group   sync.WaitGroup
	stopped chan struct{}

	mu      sync.Mutex
	latest  *state.Snapshot
	readers map[chan *state.Snapshot]struct{}
	ended   bool
	broken  error // a panic of one of the goroutines
}

// Start watches the chain in the cluster's namespace until ctx ends.
func Start(ctx context.Context, cluster *kube.Cluster) *Watcher {
	w := &Watcher{
		cluster: cluster,
		builder: state.NewBuilder(cluster.Context, cluster.Namespace),
		dirty:   make(chan struct{}, 1),
		stopped: make(chan struct{}),
		readers: map[chan *state.Snapshot]struct{}{},
	}
	now := time.Now()
	w.latest = w.builder.Snapshot(now, state.Conn{Phase: state.Connecting, Since: now}, false)
	w.health = newHealth(cluster, w.mark)
	w.addSources()
	for _, s := range w.sources {
		w.run(ctx, s.run)
	}
	w.run(ctx, w.health.run)
	w.run(ctx, w.build)
	go func() {
		w.group.Wait()
		w.end()
		close(w.stopped)
	}()
	return w
}

// Stopped is closed when ctx has ended and every goroutine of the Watcher with it.
func (w *Watcher) Stopped() <-chan struct{} { return w.stopped }

// Latest is the newest Snapshot; never nil.
func (w *Watcher) Latest() *state.Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.latest
}

// Snapshots is a channel of its own for each caller: the newest Snapshot now, and each newer one as it is made, at most
// one in 50 ms. A slow reader skips the older ones. It is closed when the Watcher ends.
func (w *Watcher) Snapshots() <-chan *state.Snapshot { return w.subscribe() }

// SnapshotsUntil is Snapshots for somebody who does not read until the Watcher's end: it is closed when ctx ends.
func (w *Watcher) SnapshotsUntil(ctx context.Context) <-chan *state.Snapshot {
	ch := w.subscribe()
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if _, ok := w.readers[ch]; ok {
			delete(w.readers, ch)
			close(ch)
		}
	})
	return ch
}

func (w *Watcher) subscribe() chan *state.Snapshot {
	ch := make(chan *state.Snapshot, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	ch <- w.latest
	if w.ended {
		close(ch)
	} else {
		w.readers[ch] = struct{}{}
	}
	return ch
}

func (w *Watcher) unsubscribe(ch chan *state.Snapshot) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.readers, ch)
}

// Wait calls done with the newest Snapshot and each newer one, until it is done, fails, or ctx or the Watcher ends.
func (w *Watcher) Wait(ctx context.Context, done func(*state.Snapshot) (bool, error)) error {
	ch := w.subscribe()
	defer w.unsubscribe(ch)
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case s, ok := <-ch:
			if !ok {
				return context.Canceled
			}
			if end, err := done(s); end || err != nil {
				return err
			}
		}
	}
}

// mark says that a Snapshot is due.
func (w *Watcher) mark() {
	select {
	case w.dirty <- struct{}{}:
	default:
	}
}

// build makes the Snapshots, until ctx ends.
func (w *Watcher) build(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.dirty:
		case <-timer.C:
		}
		told, recheck := w.snapshot(ctx)
		if told && !sleep(ctx, pace) {
			return
		}
		timer.Reset(recheck)
	}
}

// snapshot makes one and hands it on, if there is anything to tell: objects that come in while others are waited for are
// not, and must not keep the first Snapshot with all of them waiting for its turn. It returns when to look again though
// nothing may have changed.
func (w *Watcher) snapshot(ctx context.Context) (told bool, recheck time.Duration) {
	now := time.Now()
	conn, recheck := w.conn(now)
	was := w.Latest()
	if was.Conn.Phase == conn.Phase {
		conn.Since = was.Conn.Since
		if conn.Phase == state.Connecting && conn.Err == was.Conn.Err && len(conn.Denied) == len(was.Conn.Denied) {
			return false, recheck
		}
	}
	s := w.builder.Snapshot(now, conn, w.space.missing())
	s.EventsRead = w.source(state.Events).settled()
	if conn.Phase == state.Live {
		recheck = min(recheck, w.lookForNamespace(ctx, s))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.latest = s
	for ch := range w.readers {
		select { // make room: the newest wins
		case <-ch:
		default:
		}
		ch <- s
	}
	return true, recheck
}

func (w *Watcher) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	for ch := range w.readers {
		close(ch)
	}
	clear(w.readers)
}

// run starts a goroutine of the Watcher's. A panic ends what it does and shows in the connection's state, rather than
// taking the program and the terminal with it.
func (w *Watcher) run(ctx context.Context, f func(context.Context)) {
	w.group.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				err := fmt.Errorf("internal error: %v", r)
				w.mu.Lock()
				w.broken = err
				w.mu.Unlock()
				utilruntime.HandleErrorWithContext(ctx, err, "panic in the watcher", "stack", string(debug.Stack()))
				w.mark()
			}
		}()
		f(ctx)
	})
}

// sleep waits, and tells whether ctx lasted.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
