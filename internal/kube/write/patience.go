package write

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/chaintui/chaintui/internal/kube"
)

// retries is how often a request is sent again that the API server could not carry out just then.
const retries = 4

// patiently sends a request again and again while the API server can't be reached, until ctx ends, and a few times when it
// says that it could not carry it out just then. The request must be one that may reach it twice. Its errors are kube's
// typed ones.
func (w *Writer) patiently(ctx context.Context, what string, request func(context.Context) error) error {
	pause, told := 200*time.Millisecond, false
	for failed := 0; ; {
		one, cancel := context.WithTimeout(ctx, attempt)
		err := kube.Classify(request(one))
		cancel()
		unreachable, lost := errors.AsType[*kube.Unreachable](err)
		switch {
		case err == nil:
			if told {
				w.progress.send(Event{Step: what, Message: "the API server answers again"})
			}
			return nil
		case ctx.Err() != nil:
			return stopped(ctx, what)
		case !lost:
			if failed++; failed > retries || !passing(err) {
				return err
			}
		}
		if lost && !told {
			told = true
			w.progress.send(Event{Step: what, Message: unreachable.Error() + "; trying again"})
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", stopped(ctx, what), err)
		case <-time.After(pause):
			pause = min(pause*2, time.Second)
		}
	}
}

// passing tells whether the same request may well succeed in a moment: the server failed, is overloaded, or lost the race
// for the object too often against others that write to it.
func passing(err error) bool {
	conflict, isConflict := errors.AsType[*kube.Conflict](err)
	lostRace := isConflict && len(conflict.Managers) == 0 && !kube.Is[*stale](err)
	return lostRace || apierrors.IsInternalError(err) || apierrors.IsTooManyRequests(err)
}

// stale is an error of a request that names the version of the object that it expects: after a conflict it has to be made
// anew.
type stale struct{ error }

// Unwrap is the error itself.
func (s *stale) Unwrap() error { return s.error }

// stopped is why ctx ended, with what was being done.
func stopped(ctx context.Context, what string) error {
	cause := context.Cause(ctx)
	if cause == context.DeadlineExceeded { //nolint:errorlint // this very one: others have words of their own
		cause = timeUp{}
	}
	return fmt.Errorf("%s: %w", what, cause)
}

// timeUp is context.DeadlineExceeded in plain words.
type timeUp struct{}

func (timeUp) Error() string { return "the time was up" }

// Unwrap makes it decide the exit code.
func (timeUp) Unwrap() error { return context.DeadlineExceeded }
