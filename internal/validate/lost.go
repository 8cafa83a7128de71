package validate

import (
	"context"
	"errors"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// away is why a request failed, if that was for want of the API server: it can't be reached, or the watch misses it as well.
// It is nil for any other error, also for silence where the watch hears it: then what was asked is slow, or the time is up.
func (r *run) away(err error) error {
	if conn := r.src.Watch.Latest().Conn; err != nil && conn.Phase == state.Stale {
		return cause(conn)
	}
	if gone, ok := errors.AsType[*kube.Unreachable](err); ok && !errors.Is(err, context.DeadlineExceeded) {
		return gone
	}
	return nil
}

// unreached notes that the API server could not be asked, and did not come back in time.
func (r *run) unreached(err error) { r.noAccess(r.away(err)) }

// noAccess notes why what is known of the chain proves nothing; nil is no reason.
func (r *run) noAccess(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Err == nil {
		r.Err = err
	}
}

// persist makes a request again each time that the API server was away and has come back. It tells how long that took.
func (r *run) persist(ctx context.Context, request func() error) (waited time.Duration) {
	began := time.Now()
	for free := 3; ; {
		err := request()
		if r.away(err) == nil || free == 0 || !sleep(ctx, 400*time.Millisecond) {
			return waited
		}
		if r.src.Watch.Latest().Conn.Phase == state.Live { // not known yet; or only such requests do not get through
			free--
		}
		if !r.back(ctx) {
			return waited
		}
		waited = time.Since(began)
	}
}

// back waits until the watch sees the API server again, and tells whether it did in time.
func (r *run) back(ctx context.Context) bool {
	r.o.Update("the API server is out of reach")
	return r.src.Watch.Wait(ctx, func(s *state.Snapshot) (bool, error) { return s.Conn.Phase != state.Stale, nil }) == nil
}
