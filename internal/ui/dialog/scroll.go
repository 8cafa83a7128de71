package dialog

import "github.com/chaintui/chaintui/internal/ui/canvas"

// scroll is lines of which a part is on screen.
type scroll struct {
	lines  []string
	top    int
	left   int
	height int // as drawn last
}

func (s *scroll) by(n int) { s.top = min(max(s.top+n, 0), max(len(s.lines)-s.height, 0)) }

func (s *scroll) key(key string) {
	switch key {
	case "up", "k":
		s.by(-1)
	case "down", "j":
		s.by(1)
	case "pgup", "ctrl+b":
		s.by(-max(s.height-1, 1))
	case "pgdown", "ctrl+f", "space":
		s.by(max(s.height-1, 1))
	case "home", "g":
		s.top = 0
	case "end", "G":
		s.by(len(s.lines))
	case "left", "h":
		s.left = max(s.left-8, 0)
	case "right", "l":
		s.left += 8
	}
}

func (s *scroll) draw(c canvas.Canvas, line func(canvas.Canvas, string)) {
	s.height = c.H()
	s.by(0)
	for y := 0; y < c.H() && s.top+y < len(s.lines); y++ {
		text := []rune(s.lines[s.top+y])
		line(c.Sub(0, y, c.W()-2, 1), string(text[min(s.left, len(text)):]))
	}
	c.Scrollbar(s.top, len(s.lines))
}
