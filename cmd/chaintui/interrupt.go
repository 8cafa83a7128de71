package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
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

// interruptible returns a context of parent's that ends on the first ctrl-C or SIGTERM, or when the terminal is closed. A second
// signal ends the program at once, unless stop was called before.
func interruptible(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signal.Notify(signals, syscall.SIGHUP)
	}
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
	return ctx, sync.OnceFunc(func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	})
}

func interrupted(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errInterrupted) }
