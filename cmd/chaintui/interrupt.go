package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// errInterrupted is why the context of an interrupted program ends.
var errInterrupted = errors.New("interrupted")

// interruption is an error that came of being interrupted.
type interruption struct{ error }

func (i interruption) Unwrap() error { return i.error }

// oneInterrupt is how close signals are that are one: timeout(1) and make signal the program and its group.
const oneInterrupt = 500 * time.Millisecond

// interruptible returns a context that ends on the first ctrl-C or SIGTERM. A second one ends the program at once.
func interruptible() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		var first time.Time
		for {
			select {
			case <-signals:
			case <-done:
				return
			}
			switch {
			case first.IsZero():
				first = time.Now()
				cancel(errInterrupted)
			case time.Since(first) > oneInterrupt:
				os.Exit(exitInterrupted)
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

func interrupted(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errInterrupted) }
