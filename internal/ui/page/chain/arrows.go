package chain

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// drawArrow draws the way to a link; quiet where nothing comes through.
func drawArrow(c canvas.Canvas, path []point, dy int, idle bool) {
	ink := theme.Muted
	if idle {
		ink = theme.Border
	}
	for _, p := range path {
		c.Text(p.x, p.y-dy, p.glyph, ink)
	}
}

// drawMark draws a request on its way.
func drawMark(c canvas.Canvas, p point, dy int, failed bool) {
	if failed {
		c.Text(p.x, p.y-dy, "✗", theme.Fail|theme.Bold)
		return
	}
	c.Text(p.x, p.y-dy, "•", theme.Accent|theme.Bold)
}
