// Package drain serves HTTP until told to stop, and then stops without losing a request.
package drain

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Plan is how a server stops.
type Plan struct {
	// Announce is called first. From then on readiness fails, and answers close their connections.
	Announce func()
	// Delay is how long requests go on being served as before, until the cluster's endpoints have left us out.
	Delay time.Duration
	// Grace is how long requests in flight may take once the listener is closed.
	Grace time.Duration
}

// Serve serves until ctx ends, then carries out the plan. It returns nil when every request was answered.
func Serve(ctx context.Context, l net.Listener, s *http.Server, p Plan) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	if p.Announce != nil {
		p.Announce()
	}
	if p.Delay > 0 {
		delay := time.NewTimer(p.Delay)
		defer delay.Stop()
		select {
		case err := <-failed:
			return err
		case <-delay.C:
		}
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.Grace)
	defer cancel()
	err := s.Shutdown(within)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("requests were still in flight after %v and were cut", p.Grace)
		_ = s.Close()
	}
	if ended := <-failed; err == nil && !errors.Is(ended, http.ErrServerClosed) {
		err = ended
	}
	return err
}
