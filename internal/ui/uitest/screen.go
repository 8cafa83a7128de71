// Package uitest drives the dashboard on an emulated terminal: keys and clicks go in, and what is asserted is what a
// person would see. It waits until the dashboard is at rest, never for time.
package uitest

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/ui"
)

// patience bounds all waiting: only a test that fails takes so long.
const patience = 20 * time.Second

// Screen is a dashboard on a terminal.
type Screen struct {
	t         testing.TB
	terminal  *terminal
	dashboard *ui.Dashboard
	version   uint64
	ended     chan struct{}
	err       error
}

// Start shows a dashboard on a terminal of w by h cells. It ends with the test. What it writes goes through the given
// writers to the terminal.
func Start(t testing.TB, w, h int, o ui.Options, through ...func(io.Writer) io.Writer) *Screen {
	t.Helper()
	s := &Screen{t: t, terminal: newTerminal(w, h), ended: make(chan struct{})}
	o.Input, o.Output, o.Size, o.NoMotion = s.terminal, s.terminal, [2]int{w, h}, true
	o.Environ = []string{"TERM=xterm-256color"} // whatever the tests' own terminal is, if there is one
	for _, wrap := range through {
		o.Output = wrap(o.Output)
	}
	if o.Profile == colorprofile.Unknown {
		o.Profile = colorprofile.TrueColor
	}
	ctx, cancel := context.WithCancel(context.Background())
	d, err := ui.New(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	s.dashboard = d
	go func() {
		defer close(s.ended)
		s.err = d.Run()
	}()
	t.Cleanup(func() {
		cancel()
		<-s.ended
		s.terminal.close()
	})
	return s
}

// Version makes further waiting last until a snapshot of at least this version is shown.
func (s *Screen) Version(v uint64) *Screen {
	s.version = v
	return s
}

// Settle waits until the dashboard is at rest, whatever the terminal shows of it.
func (s *Screen) Settle() *Screen {
	s.t.Helper()
	s.settle()
	return s
}

// settle waits until the dashboard is at rest.
func (s *Screen) settle() string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	screen, err := s.dashboard.Rest(ctx, s.version)
	if errors.Is(err, ui.ErrEnded) {
		<-s.ended
		return ""
	}
	if err != nil {
		s.t.Fatalf("the dashboard does not come to rest:\n%s", s.terminal.text())
	}
	return screen
}

// Ended waits for the dashboard's end, and returns what it ended with.
func (s *Screen) Ended() error {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.t.Fatalf("the dashboard does not end:\n%s", s.terminal.text())
	}
	return s.err
}
