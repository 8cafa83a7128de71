//go:build unix

package main

import (
	"context"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// Who closes the terminal ends the program as with ctrl-C: a tour, say, has to put the chain back.
func TestAClosedTerminalInterrupts(t *testing.T) {
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("run by nohup")
	}
	ctx, stop := interruptible(t.Context())
	defer stop()
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	bounded, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if <-bounded.Done(); !interrupted(ctx) {
		t.Errorf("%v; want it interrupted", context.Cause(bounded))
	}
}
