// Package dialog is what lies over a page: questions, plans, progress, results, texts. Enter does what the bright
// button says, esc always leaves.
package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Dialog is one of them. Its methods run one at a time.
type Dialog interface {
	// Title stands in the upper edge.
	Title() string
	// Key takes a key, and tells whether the dialog is done.
	Key(w *page.World, msg tea.KeyPressMsg) (cmd tea.Cmd, done bool)
	// Update takes answers to the dialog's commands, clicks, pastes.
	Update(w *page.World, msg tea.Msg) (cmd tea.Cmd, done bool)
	// Size is the inside's, at most maxW by maxH cells.
	Size(maxW, maxH int) (w, h int)
	// Draw draws the inside.
	Draw(w *page.World, c canvas.Canvas)
	// Buttons are what can be done here; the first is what enter does.
	Buttons() []Button
}

// Button is a key and what it does, in a word or two.
type Button struct{ Key, Text string }

// Stack is the dialogs that are open, the last one on top.
type Stack struct{ open []Dialog }

// Push opens a dialog over the others.
func (s *Stack) Push(d Dialog) { s.open = append(s.open, d) }

// Top is the dialog that takes the keys; nil when none is open.
func (s *Stack) Top() Dialog {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

// Key gives a key to the dialog on top.
func (s *Stack) Key(w *page.World, msg tea.KeyPressMsg) tea.Cmd {
	top := s.Top()
	cmd, done := top.Key(w, msg)
	if done {
		s.remove(top)
	}
	return cmd
}

// Update gives a message to all dialogs; answers carry their dialog, so that each knows its own.
func (s *Stack) Update(w *page.World, msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, d := range append([]Dialog{}, s.open...) {
		cmd, done := d.Update(w, msg)
		if done {
			s.remove(d)
		}
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// Tell gives a message to the dialog on top alone.
func (s *Stack) Tell(w *page.World, msg tea.Msg) tea.Cmd {
	top := s.Top()
	cmd, done := top.Update(w, msg)
	if done {
		s.remove(top)
	}
	return cmd
}

// Has tells whether a dialog is open.
func (s *Stack) Has(d Dialog) bool { return slices.Contains(s.open, d) }

// Remove closes a dialog.
func (s *Stack) Remove(d Dialog) { s.remove(d) }

func (s *Stack) remove(d Dialog) {
	for i := range s.open {
		if s.open[i] == d {
			s.open = append(s.open[:i:i], s.open[i+1:]...)
			return
		}
	}
}

// Draw draws the dialog on top over a dimmed page.
func (s *Stack) Draw(w *page.World, c canvas.Canvas) {
	top := s.Top()
	if top == nil {
		return
	}
	c.Dim()
	c.ClearZones()
	width, height := top.Size(max(min(c.W()*7/10, 110), min(c.W()-6, 60)), c.H()-6)
	width, height = min(width+4, c.W()), min(height+5, c.H())
	frame := c.Sub((c.W()-width)/2, max((c.H()-height)/2, 0), width, height)
	frame.Clear()
	in := frame.Box(top.Title(), theme.Accent, theme.Accent|theme.Bold)
	top.Draw(w, in.Sub(0, 1, in.W(), in.H()-3))
	drawButtons(in.Rows(in.H()-1, 1), top.Buttons())
}

func drawButtons(c canvas.Canvas, buttons []Button) {
	x := 0
	for i, b := range buttons {
		if i == 0 {
			text := " " + b.Key + " " + b.Text + " "
			c.Sub(x, 0, canvas.Width(text), 1).Zone(b)
			x = c.Text(x, 0, text, theme.Text|theme.Bright|theme.Bold) + 2
			continue
		}
		if x+canvas.Width(b.Key+" "+b.Text) > c.W() {
			return
		}
		c.Sub(x, 0, canvas.Width(b.Key+" "+b.Text), 1).Zone(b)
		x = c.Text(x, 0, b.Key, theme.Text|theme.Bold)
		x = c.Text(x+1, 0, b.Text, theme.Muted) + 3
	}
}
