package canvas

import "github.com/chaintui/chaintui/internal/ui/theme"

// Box draws a rounded frame round the rectangle with a title in its upper edge, and returns the inside, one column
// away from the frame.
func (c Canvas) Box(title string, frame, titleInk theme.Ink) Canvas {
	return c.box([6]string{"╭", "╮", "╰", "╯", "─", "│"}, title, frame, titleInk)
}

// Heavy is Box with a thick frame, for what is chosen.
func (c Canvas) Heavy(title string, frame, titleInk theme.Ink) Canvas {
	return c.box([6]string{"┏", "┓", "┗", "┛", "━", "┃"}, title, frame, titleInk)
}

func (c Canvas) box(glyphs [6]string, title string, frame, titleInk theme.Ink) Canvas {
	if c.w < 2 || c.h < 2 {
		return Canvas{}
	}
	c.put(0, 0, glyphs[0], 1, frame)
	c.put(c.w-1, 0, glyphs[1], 1, frame)
	c.put(0, c.h-1, glyphs[2], 1, frame)
	c.put(c.w-1, c.h-1, glyphs[3], 1, frame)
	c.Row(1, 0, c.w-2, glyphs[4], frame)
	c.Row(1, c.h-1, c.w-2, glyphs[4], frame)
	for y := 1; y < c.h-1; y++ {
		c.put(0, y, glyphs[5], 1, frame)
		c.put(c.w-1, y, glyphs[5], 1, frame)
	}
	c.edge(0, title, titleInk)
	return c.Inset(2, 1)
}

// Foot writes a title into the lower edge of a frame that Box drew.
func (c Canvas) Foot(title string, ink theme.Ink) { c.edge(c.h-1, title, ink) }

func (c Canvas) edge(y int, title string, ink theme.Ink) {
	if room := c.w - 4; title != "" && room > 2 {
		c.Text(1, y, " "+Middle(title, room)+" ", ink)
	}
}

// Rule draws a line across row y with a title in it, as a quiet frame of what is below.
func (c Canvas) Rule(y int, title string, frame, titleInk theme.Ink) {
	c.Row(0, y, c.w, "─", frame)
	if title != "" {
		c.Text(1, y, " "+Cut(title, c.w-4)+" ", titleInk)
	}
}

// Scrollbar draws at the right edge where the shown part lies in n rows, of which the rectangle shows h from offset.
// It draws nothing when all are shown.
func (c Canvas) Scrollbar(offset, n int) {
	if n <= c.h || c.h < 2 {
		return
	}
	size := max(c.h*c.h/n, 1)
	top := 0
	if n > c.h {
		top = offset * (c.h - size) / (n - c.h)
	}
	for y := range c.h {
		if y >= top && y < top+size {
			c.put(c.w-1, y, "┃", 1, theme.Muted)
		} else {
			c.put(c.w-1, y, "│", 1, theme.Border)
		}
	}
}
