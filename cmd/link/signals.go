package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// signals returns a context that ends at the first SIGTERM or interrupt. A second one ends the process at once.
func signals() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	received := make(chan os.Signal, 2)
	signal.Notify(received, syscall.SIGTERM, os.Interrupt)
	done := make(chan struct{})
	go func() {
		for range 2 {
			select {
			case s := <-received:
				if ctx.Err() != nil {
					os.Exit(128 + int(s.(syscall.Signal)))
				}
				cancel()
			case <-done:
				return
			}
		}
	}()
	return ctx, func() {
		signal.Stop(received)
		close(done)
		cancel()
	}
}
