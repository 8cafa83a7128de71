package uitest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/x/vt"
)

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

func (t *terminal) ansi() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Coloured(t.vt)
}

// Coloured is a screen with its colours. Whether a blank cell has been written or erased is not to be seen, and depends on
// when the renderer wrote what: its foreground is left out.
func Coloured(screen *vt.Emulator) string {
	for y := range screen.Height() {
		for x := range screen.Width() {
			if c := screen.CellAt(x, y); c != nil && c.Content == " " && c.Style.Attrs == 0 && c.Style.Underline == 0 {
				c.Style.Fg = nil
			}
		}
	}
	return screen.Render()
}
