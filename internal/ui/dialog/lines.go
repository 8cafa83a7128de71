package dialog

import (
	"strings"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/scroll"
)

// lines is text of any length and width, of which a part is on screen.
type lines struct {
	scroll.Window
	all  []string
	left int // first column on screen
	wide int // runes of the longest line
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

func (l *lines) draw(c canvas.Canvas, line func(canvas.Canvas, string)) {
	l.Show(c.H(), len(l.all))
	for y := 0; y < c.H() && l.Top+y < len(l.all); y++ {
		text := []rune(l.all[l.Top+y])
		line(c.Sub(0, y, c.W()-2, 1), string(text[min(l.left, len(text)):]))
	}
	c.Scrollbar(l.Top, len(l.all))
}
