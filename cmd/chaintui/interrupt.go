package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// errInterrupted is why the context of an interrupted program ends.
var errInterrupted = errors.New("interrupted")

// interruption is an error that came of being interrupted.
type interruption struct{ error }

func (i interruption) Unwrap() error { return i.error }

// interruptible returns a context that ends on the first ctrl-C or SIGTERM. The second one kills the program at once.
func interruptible() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			cancel(errInterrupted)
			signal.Stop(signals) // the next one acts as if we had never listened
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

func interrupted(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errInterrupted) }
