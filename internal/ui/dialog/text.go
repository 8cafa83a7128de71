package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Text shows text of any length: an object's YAML, what kubectl describe prints, a diff.
type Text struct {
	title  string
	lines  lines
	loaded bool
	err    error
}

type textLoaded struct {
	dialog *Text
	text   string
	err    error
}

// NewText shows what load returns, when it does.
func NewText(w *page.World, title string, load func() (string, error)) (*Text, tea.Cmd) {
	t := &Text{title: title}
	return t, w.Work.Do(func() tea.Msg {
		text, err := load()
		return textLoaded{t, sanitise.Text(text), err}
	})
}

// Title is the text's.
func (t *Text) Title() string { return t.title }

// Key scrolls, copies and leaves.
func (t *Text) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q", "enter":
		return nil, true
	case "y":
		return copied(w, strings.Join(t.lines.all, "\n")), false
	}
	t.lines.key(msg.String())
	return nil, false
}

// Update takes the text.
func (t *Text) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case textLoaded:
		if msg.dialog == t {
			t.loaded, t.err, t.lines = true, msg.err, newLines(msg.text)
		}
	case page.Wheeled:
		t.lines.By(msg.Delta)
	}
	return nil, false
}

// Size is as large as there is room for.
func (t *Text) Size(maxW, maxH int) (int, int) { return maxW, maxH }

// Draw draws what is on screen of it.
func (t *Text) Draw(_ *page.World, c canvas.Canvas) {
	switch {
	case !t.loaded:
		c.Text(0, 0, "loading…", theme.Muted)
	case t.err != nil:
		for y, line := range canvas.Wrap("✗ "+sanitise.Line(t.err.Error()), c.W()) {
			c.Text(0, y, line, theme.Fail)
		}
	default:
		t.lines.draw(c, plainLine)
	}
}

// Buttons are to leave and to copy.
func (t *Text) Buttons() []Button {
	return []Button{{"esc", "close"}, {"y", "copy all"}, t.lines.button()}
}

// plainLine draws a line of YAML, or of what kubectl prints: keys are quieter than their values.
func plainLine(c canvas.Canvas, s string) {
	if key, value, ok := strings.Cut(s, ":"); ok && !strings.Contains(key, "\"") {
		x := c.Text(0, 0, key+":", theme.Muted)
		c.Text(x, 0, value, theme.Text)
		return
	}
	c.Text(0, 0, s, theme.Text)
}
