// Package scroll is the window on lines that are more than the screen shows.
package scroll

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/keys"
)

// end is farther than any line.
const end = 1 << 30

// Step is how many lines a cursor key's action moves by in a window of that height; false for any other action.
func Step(id string, height int) (by int, ok bool) {
	page := max(height-1, 1)
	by, ok = map[string]int{"up": -1, "down": 1, "pageup": -page, "pagedown": page, "top": -end, "bottom": end}[id]
	return by, ok
}

// cursorKeys are the actions of the keys that move, where no page is there to ask.
var cursorKeys = map[string]string{
	"up": "up", "down": "down", "pgup": "pageup", "pgdown": "pagedown", "home": "top", "g": "top", "end": "bottom", "G": "bottom",
}

// Action is the cursor key's action that a key stands for; empty for any other key.
func Action(key string) string { return cursorKeys[keys.Alias(key)] }

// Beside is how many columns a Window leaves at the right of its lines.
const Beside = 2

// Window is the part of some lines that is on screen. The zero value is at their top.
type Window struct {
	Top    int // first line on screen
	Lines  int // as drawn last
	Height int // lines on screen, as drawn last
}

// By moves the window by n lines.
func (w *Window) By(n int) { w.Top = min(max(w.Top+n, 0), max(w.Lines-w.Height, 0)) }

// Do moves the window by a cursor key's action, and tells whether it was one.
func (w *Window) Do(id string) bool {
	by, ok := Step(id, w.Height)
	w.By(by)
	return ok
}

// Show is the window before it is drawn: its height, and how many lines there are.
func (w *Window) Show(height, lines int) {
	w.Height, w.Lines = height, lines
	w.By(0)
}

// Draw shows the lines that the window is on. draw draws all of them from a row on, which may lie above c, and returns
// the row after the last: what is outside of c is not drawn. Beside the lines is room for a scrollbar and a blank.
func (w *Window) Draw(c canvas.Canvas, draw func(c canvas.Canvas, y int) int) {
	body := c.Sub(0, 0, c.W()-Beside, c.H())
	top := w.Top
	w.Show(c.H(), draw(body, -top)+top)
	if w.Top != top { // it was below the last line
		body.Clear()
		draw(body, -w.Top)
	}
	c.Scrollbar(w.Top, w.Lines)
}
