// Package uitest drives the dashboard on an emulated terminal: keys and clicks go in, and what is asserted is what a
// person would see. It waits until the dashboard is at rest, never for time.
package uitest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

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

// Press presses keys, by Bubble Tea's names: "r", "enter", "ctrl+s", "down".
func (s *Screen) Press(keys ...string) *Screen {
	s.t.Helper()
	for _, k := range keys {
		s.settle()
		s.dashboard.Send(key(k))
	}
	return s
}

// Type types text, letter by letter.
func (s *Screen) Type(text string) *Screen {
	s.t.Helper()
	s.settle()
	for _, r := range text {
		s.dashboard.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return s
}

// Enter presses enter.
func (s *Screen) Enter() *Screen { return s.Press("enter") }

// Esc presses escape.
func (s *Screen) Esc() *Screen { return s.Press("esc") }

// Click clicks on the first place where the text stands.
func (s *Screen) Click(text string) *Screen {
	s.t.Helper()
	for y, line := range strings.Split(s.Text(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			x := len([]rune(line[:at]))
			s.dashboard.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			s.dashboard.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
			return s
		}
	}
	s.t.Fatalf("nowhere to click: %q is not on the screen\n%s", text, s.Text())
	return s
}

// Wheel turns the wheel in the middle of the screen.
func (s *Screen) Wheel(down bool) *Screen {
	button := tea.MouseWheelUp
	if down {
		button = tea.MouseWheelDown
	}
	w, h := s.terminal.size()
	s.dashboard.Send(tea.MouseWheelMsg{X: w / 2, Y: h / 2, Button: button})
	return s
}

// Resize changes the terminal's size.
func (s *Screen) Resize(w, h int) *Screen {
	s.terminal.resize(w, h)
	s.dashboard.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

// Tick makes it now on a clock that stands still by itself.
func (s *Screen) Tick(now time.Time) *Screen {
	s.t.Helper()
	s.settle()
	s.dashboard.Tick(now)
	return s
}

// Send delivers any message.
func (s *Screen) Send(msg tea.Msg) *Screen {
	s.dashboard.Send(msg)
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

// Text is the terminal's screen, once the dashboard is at rest and has been drawn.
func (s *Screen) Text() string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	want := ""
	// What streams in (log lines) may change the screen between the two: what was drawn is asked for again each time.
	err := s.terminal.await(ctx, func(text string) bool {
		want = s.settle()
		return text == want
	})
	if err != nil {
		s.t.Fatalf("the terminal does not show what was drawn\nterminal:\n%s\ndrawn:\n%s", s.terminal.text(), want)
	}
	return want
}

// See asserts that all texts are on the screen.
func (s *Screen) See(texts ...string) *Screen {
	s.t.Helper()
	screen := s.Text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Fatalf("%q is not on the screen:\n%s", text, screen)
		}
	}
	return s
}

// NotSee asserts that none of the texts is on the screen.
func (s *Screen) NotSee(texts ...string) *Screen {
	s.t.Helper()
	screen := s.Text()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Fatalf("%q is on the screen:\n%s", text, screen)
		}
	}
	return s
}

// Await waits until the text is on the screen, for what a cluster does in its own time.
func (s *Screen) Await(limit time.Duration, text string) *Screen {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if s.terminal.await(ctx, func(screen string) bool { return strings.Contains(screen, text) }) != nil {
		s.t.Fatalf("%q did not appear within %v:\n%s", text, limit, s.terminal.text())
	}
	return s
}

// Running tells whether the dashboard has not ended.
func (s *Screen) Running() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
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

// terminal is an emulated terminal that tells when something was written on it.
type terminal struct {
	mu      sync.Mutex
	vt      *vt.Emulator
	written chan struct{} // closed and made anew by each write
	closed  chan struct{}
	drained chan struct{}
}

func newTerminal(w, h int) *terminal {
	t := &terminal{vt: vt.NewEmulator(w, h), written: make(chan struct{}), closed: make(chan struct{}), drained: make(chan struct{})}
	go func() {
		defer close(t.drained)
		_, _ = io.Copy(io.Discard, t.vt) // answers to the program's questions, which its end may find nobody to read
	}()
	return t
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	// Without a real terminal for its input Bubble Tea counts on the line discipline (ONLCR) to return the carriage.
	_, err := t.vt.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	close(t.written)
	t.written = make(chan struct{})
	return len(p), err
}

// Read never brings anything: keys are sent as messages, which are taken in order.
func (t *terminal) Read([]byte) (int, error) {
	<-t.closed
	return 0, io.EOF
}

func (t *terminal) close() {
	close(t.closed)
	if pipe, ok := t.vt.InputPipe().(io.Closer); ok { // Emulator.Close would race with its Read
		_ = pipe.Close()
	}
	<-t.drained
}

func (t *terminal) resize(w, h int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.vt.Resize(w, h)
}

func (t *terminal) size() (int, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.vt.Width(), t.vt.Height()
}

func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for y := range t.vt.Height() {
		var line strings.Builder
		for x := range t.vt.Width() {
			if cell := t.vt.CellAt(x, y); cell != nil {
				line.WriteString(cell.Content)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// await waits until the screen is as wanted.
func (t *terminal) await(ctx context.Context, wanted func(string) bool) error {
	for {
		t.mu.Lock()
		written := t.written
		t.mu.Unlock()
		if wanted(t.text()) {
			return nil
		}
		select {
		case <-written:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// ANSI is the terminal's screen with its styles, as escape sequences, once the dashboard is at rest.
func (s *Screen) ANSI() string {
	s.t.Helper()
	s.Text()
	s.terminal.mu.Lock()
	defer s.terminal.mu.Unlock()
	return s.terminal.vt.Render()
}
