//go:build unix

package ui_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
)

// Who opens the dashboard hears the signals and ends its context. It must not hear them as well: the two ways to end would
// wait for one another, with the terminal still taken and a tour not undone.
func TestSignalsAreNotTheDashboards(t *testing.T) {
	keys, typist := io.Pipe()
	defer typist.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	o := options(example.Slow, 3)
	o.Input, o.Size, o.NoMotion, o.Environ = keys, [2]int{80, 24}, true, []string{"TERM=xterm-256color"}
	ctx, cancel := context.WithCancelCause(t.Context())
	stdout := os.Stdout
	os.Stdout = null // an Output of its own would hide what this is about
	d, err := ui.New(ctx, o)
	os.Stdout = stdout
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- d.Run() }()
	if _, err := d.Rest(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGTERM)
	defer signal.Stop(heard)
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-heard
	for range 100 {
		d.Tick(example.Now)
	}
	if _, err := d.Rest(t.Context(), 1); err != nil {
		t.Errorf("a signal has ended it: %v", err)
	}
	terminated := errors.New("terminated")
	cancel(terminated)
	if err := <-ended; !errors.Is(err, terminated) {
		t.Errorf("it ended with %v", err)
	}
}
