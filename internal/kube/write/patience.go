package write

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
)

// patiently sends a request again and again while the API server can't be reached, until ctx ends. The request must be
// one that may reach it twice. Its errors are kube's typed ones.
func (w *Writer) patiently(ctx context.Context, what string, request func(context.Context) error) error {
	pause, told := 200*time.Millisecond, false
	for {
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
			return err
		}
		if !told {
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

// stopped is why ctx ended, with what was being done.
func stopped(ctx context.Context, what string) error {
	return fmt.Errorf("%s: %w", what, context.Cause(ctx))
}
