package ui_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
)

// paper is a terminal that only keeps what is written on it.
type paper struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

// silent is a keyboard at which nobody sits.
type silent struct{ ctx context.Context }

func (s silent) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, io.EOF
}

// shows is what a dashboard writes on a terminal that has all colours.
func shows(t *testing.T, theme string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out := &paper{}
	o := options(example.Errors, 6)
	o.Theme, o.Input, o.Output, o.Size, o.NoMotion = theme, silent{ctx}, out, [2]int{80, 24}, true
	d, err := ui.New(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = d.Run() }()
	if _, err := d.Rest(ctx, 1); err != nil {
		t.Fatal(err)
	}
	d.Send(tea.KeyPressMsg{Code: 'q', Text: "q"}) // the last picture is drawn before the end
	<-ended
	cancel()
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.text.String()
}

// NO_COLOR takes all colours away, unless a theme with colours is asked for in so many words.
func TestNoColorAndTheme(t *testing.T) {
	for name, value := range map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor", "TTY_FORCE": "1"} {
		t.Setenv(name, value)
	}
	for _, c := range []struct {
		noColor, theme string
		coloured       bool
	}{
		{"", "auto", true}, {"", "dark", true}, {"", "none", false},
		{"1", "auto", false}, {"1", "", false}, {"1", "none", false}, {"anything", "auto", false},
		{"1", "dark", true}, {"anything", "light", true}, {"1", "16", true},
	} {
		t.Setenv("NO_COLOR", c.noColor)
		text := shows(t, c.theme)
		coloured := strings.Contains(text, "\x1b[38;") || strings.Contains(text, ";38;") || strings.Contains(text, "\x1b[31;1m")
		if coloured != c.coloured || !strings.Contains(text, "chain-link-0") {
			t.Errorf("NO_COLOR=%q, theme %q: colours %v\n%q", c.noColor, c.theme, coloured, text[:min(len(text), 2000)])
		}
	}
}
