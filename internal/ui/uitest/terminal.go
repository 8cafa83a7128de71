package uitest

import (
	"bytes"
	"context"
	"io"
	"strings"

	emulated "github.com/chaintui/chaintui/internal/ui/terminal"
)

// terminal is an emulated terminal without a keyboard: keys are sent as messages, which are taken in order.
type terminal struct {
	screen *emulated.Screen
	closed chan struct{}
}

func newTerminal(w, h int) *terminal {
	return &terminal{screen: emulated.NewScreen(w, h, io.Discard), closed: make(chan struct{})}
}

// Write writes on the screen. Without a real terminal for its input Bubble Tea counts on the line discipline (ONLCR) to return
// the carriage.
func (t *terminal) Write(p []byte) (int, error) {
	_, err := t.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// Read never brings anything.
func (t *terminal) Read([]byte) (int, error) {
	<-t.closed
	return 0, io.EOF
}

func (t *terminal) close() {
	close(t.closed)
	t.screen.Close()
}

// trimmed is the text without what is blank at the ends of lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func (t *terminal) text() string { return trimmed(t.screen.Text()) }

// await waits until the screen is as wanted.
func (t *terminal) await(ctx context.Context, wanted func(string) bool) error {
	return t.screen.Await(ctx, nil, func(text string) bool { return wanted(trimmed(text)) })
}
