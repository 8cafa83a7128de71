// Package input is one line of text that a user types, and a form of several.
package input

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Line is a line being typed.
type Line struct {
	model textinput.Model
	fresh bool // what stands there is a proposal: the first letter typed replaces it
}

// NewLine is a line with a text to begin with. With replace the first letter that is typed takes the text's place.
func NewLine(text string, replace bool) *Line {
	m := textinput.New()
	m.CharLimit = 500
	m.Focus() // its command only makes the cursor blink, which costs wake-ups
	m.SetValue(sanitise.Line(text))
	m.CursorEnd()
	return &Line{model: m, fresh: replace && text != ""}
}

// Text is what stands there.
func (l *Line) Text() string { return l.model.Value() }

// Set replaces the text.
func (l *Line) Set(text string) {
	l.model.SetValue(sanitise.Line(text))
	l.model.CursorEnd()
	l.fresh = false
}

// Key takes a key, and tells whether it changed the text.
func (l *Line) Key(msg tea.KeyPressMsg) bool {
	before := l.Text()
	switch {
	case msg.String() == "ctrl+v": // the terminal pastes by itself; looking into the clipboard would be I/O
		return false
	case l.fresh && (msg.Text != "" || msg.String() == "backspace"):
		l.model.SetValue("")
	}
	l.fresh = false
	l.model, _ = l.model.Update(msg)
	return l.Text() != before
}

// Paste inserts text.
func (l *Line) Paste(text string) {
	if l.fresh {
		l.model.SetValue("")
	}
	l.fresh = false
	at := []rune(l.Text())
	p := min(l.model.Position(), len(at))
	text = sanitise.Line(text)
	l.model.SetValue(string(at[:p]) + text + string(at[p:]))
	l.model.SetCursor(p + len([]rune(text)))
}

// AtEnd tells whether the cursor is behind the text.
func (l *Line) AtEnd() bool { return l.model.Position() >= len([]rune(l.Text())) }

// Draw draws the line over the whole of row 0, with a cursor when it has the focus.
func (l *Line) Draw(c canvas.Canvas, focus bool) {
	runes := []rune(l.Text())
	p := min(l.model.Position(), len(runes))
	start := 0
	for start < p && canvas.Width(string(runes[start:p])) >= c.W() {
		start++
	}
	ink := theme.Text
	if l.fresh && focus {
		ink |= theme.Underline
	}
	c.Text(0, 0, string(runes[start:]), ink)
	if focus {
		x := canvas.Width(string(runes[start:p]))
		c.Sub(x, 0, 1, 1).Tint(theme.Text | theme.Reverse)
	}
}
