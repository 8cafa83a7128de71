package terminal

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/x/vt"
)

// Screen is what an emulated terminal shows. It tells when something was written on it.
type Screen struct {
	mu      sync.Mutex
	vt      *vt.Emulator
	written chan struct{} // closed and made anew by each write
	mute    chan struct{} // closed once nothing answers any more
}

// NewScreen is an empty screen of that many columns and rows. What a terminal answers to a program's questions is written to
// answers, until Close.
func NewScreen(columns, rows int, answers io.Writer) *Screen {
	s := &Screen{vt: vt.NewEmulator(columns, rows), written: make(chan struct{}), mute: make(chan struct{})}
	go func() {
		defer close(s.mute)
		buffer := make([]byte, 1<<10)
		for {
			n, err := s.vt.Read(buffer)
			if err != nil {
				return
			}
			_, _ = answers.Write(buffer[:n]) // a program that has ended hears nothing
		}
	}()
	return s
}

// Close ends the answers.
func (s *Screen) Close() {
	if in, ok := s.vt.InputPipe().(io.Closer); ok { // Emulator.Close would race with its Read
		_ = in.Close()
	}
	<-s.mute
}

// Write writes on it as a program does.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.vt.Write(p)
	close(s.written)
	s.written = make(chan struct{})
	return n, err
}

// Resize gives it another size.
func (s *Screen) Resize(columns, rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vt.Resize(columns, rows)
}

// Text is what it shows, line by line, each as wide as the terminal.
func (s *Screen) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for y := range s.vt.Height() {
		for x := range s.vt.Width() {
			if cell := s.vt.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Coloured is what it shows with its colours. Whether a blank cell has been written or erased is not to be seen, and depends
// on when a program's renderer wrote what: its foreground is left out.
func (s *Screen) Coloured() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for y := range s.vt.Height() {
		for x := range s.vt.Width() {
			if c := s.vt.CellAt(x, y); c != nil && c.Content == " " && c.Style.Attrs == 0 && c.Style.Underline == 0 {
				c.Style.Fg = nil
			}
		}
	}
	return s.vt.Render()
}

var errOver = errors.New("nothing more is written")

// Await waits until what it shows is as wanted. It fails with ctx, or when nothing more is written: over is closed then.
func (s *Screen) Await(ctx context.Context, over <-chan struct{}, wanted func(text string) bool) error {
	for {
		s.mu.Lock()
		written := s.written
		s.mu.Unlock()
		if wanted(s.Text()) {
			return nil
		}
		select {
		case <-written:
		case <-over:
			if wanted(s.Text()) {
				return nil
			}
			return errOver
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
