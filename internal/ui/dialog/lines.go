package dialog

import (
	"strings"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/scroll"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// lines is text of any length and width, of which a part is on screen.
type lines struct {
	scroll.Window
	all  []string
	left int // first column on screen
	wide int // runes of the longest line
	room int // cells of a line on screen, as drawn last
}

// aside is how far left and right go.
const aside = 8

func newLines(text string) lines {
	l := lines{all: strings.Split(strings.TrimRight(text, "\n"), "\n")}
	for _, line := range l.all {
		l.wide = max(l.wide, len([]rune(line)))
	}
	return l
}

// key scrolls by a key as it was typed.
func (l *lines) key(key string) {
	switch key {
	case "left", "h":
		l.left = max(l.left-aside, 0)
	case "right", "l":
		l.left = min(l.left+aside, max(l.wide-aside, 0))
	default:
		l.Do(scroll.Action(key))
	}
}

// button says how to see the rest of the text.
func (l *lines) button() Button {
	if l.wide > l.room {
		return Button{"↑↓←→", "scroll"}
	}
	return Button{"↑↓", "scroll"}
}

func (l *lines) draw(c canvas.Canvas, line func(canvas.Canvas, string)) {
	l.Show(c.H(), len(l.all))
	l.room = c.W() - 2
	for y := 0; y < c.H() && l.Top+y < len(l.all); y++ {
		text := []rune(l.all[l.Top+y])
		line(c.Sub(0, y, l.room, 1), canvas.Cut(string(text[min(l.left, len(text)):]), l.room))
	}
	c.Scrollbar(l.Top, len(l.all))
}

// diffLine draws a line of a unified diff. What is done to a line is its first character, whatever the line is.
func diffLine(c canvas.Canvas, s string) {
	ink := theme.Muted
	switch {
	case strings.HasPrefix(s, "+"):
		ink = theme.OK
	case strings.HasPrefix(s, "-"):
		ink = theme.Fail
	case strings.HasPrefix(s, "@@"):
		ink = theme.Accent
	}
	c.Text(0, 0, s, ink)
}
