package watch

import (
	"errors"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// blink is how long a watch may be away before what is shown counts as stale: the API server ends each watch every few
// minutes, and a new one takes its place.
const blink = 1500 * time.Millisecond

// conn judges the connection by the sources and the health. recheck is when it may come out differently though nothing
// happens.
func (w *Watcher) conn(now time.Time) (conn state.Conn, recheck time.Duration) {
	conn, recheck = state.Conn{Phase: state.Live, Since: now}, time.Hour
	set := func(phase state.Phase, err error) {
		conn.Phase, conn.Cause = phase, err
		if err != nil {
			conn.Err = err.Error()
		}
	}
	if err := w.unusable(); err != nil {
		set(state.Unusable, err)
		return conn, recheck
	}
	connecting, essential := false, error(nil)
	var away error
	for _, s := range w.sources {
		if f := s.denied(); f != nil {
			conn.Denied = append(conn.Denied, state.Denial{Verb: f.Verb, Resource: string(s.kind), Namespace: f.Namespace})
			if s.kind.Essential() && essential == nil {
				essential = f
			}
			continue
		}
		if s.kind == state.Events { // nothing is judged by events
			continue
		}
		if !s.settled() {
			connecting = true
			if away == nil {
				away = s.error()
			}
			continue
		}
		if since := s.away(); !since.IsZero() {
			if gone := now.Sub(since); gone < blink {
				recheck = min(recheck, blink-gone)
			} else if away == nil {
				away = cause(s.error())
			}
		}
	}
	down := w.health.down()
	switch {
	case connecting && down != nil:
		set(state.Connecting, down)
	case connecting:
		set(state.Connecting, away)
	case down != nil:
		set(state.Stale, down)
	case away != nil:
		set(state.Stale, away)
	case essential != nil:
		set(state.Forbidden, essential)
	}
	return conn, recheck
}

// unusable is an error that no waiting mends.
func (w *Watcher) unusable() error {
	w.mu.Lock()
	broken := w.broken
	w.mu.Unlock()
	if broken != nil {
		return broken
	}
	if err := w.health.down(); hopeless(err) {
		return err
	}
	for _, s := range w.sources {
		if err := s.error(); hopeless(err) {
			return err
		}
	}
	return nil
}

func hopeless(err error) bool {
	return kube.Is[*kube.Unauthorized](err) || kube.Is[*kube.Untrusted](err)
}

func cause(err error) error {
	if err == nil {
		return errors.New("the watch has ended; opening it again")
	}
	return err
}
