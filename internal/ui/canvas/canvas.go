// Package canvas is a grid of cells that pages draw on: text, frames and zones for the mouse, clipped to a rectangle.
// A finished canvas becomes what the terminal shows, plain text, or a picture.
package canvas

import (
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// cell is one character of the grid. A wide character's second cell has width 0 and no text.
type cell struct {
	text  string
	ink   theme.Ink
	width int8
}

// Canvas is a rectangle of a grid. The zero value has no size: drawing on it does nothing. All coordinates are the
// rectangle's own, and what lies outside of it is not drawn.
type Canvas struct {
	grid       *grid
	x, y, w, h int
}

type grid struct {
	w, h  int
	cells []cell
	zones []Zone
}

// Zone is a part of the screen that reacts to the mouse.
type Zone struct {
	X, Y, W, H int // in the grid's coordinates
	ID         any // what was drawn there; the owner's to understand
}

// New is an empty canvas of w by h cells.
func New(w, h int) Canvas {
	w, h = max(w, 0), max(h, 0)
	g := &grid{w: w, h: h, cells: make([]cell, w*h)}
	for i := range g.cells {
		g.cells[i] = cell{text: " ", width: 1}
	}
	return Canvas{grid: g, w: w, h: h}
}

// W is the width in cells.
func (c Canvas) W() int { return c.w }

// H is the height in cells.
func (c Canvas) H() int { return c.h }

// Sub is the part of c at x, y of w by h cells, cut to what c has.
func (c Canvas) Sub(x, y, w, h int) Canvas {
	x0, y0 := min(max(x, 0), c.w), min(max(y, 0), c.h)
	x1, y1 := min(max(x+w, x0), c.w), min(max(y+h, y0), c.h)
	return Canvas{grid: c.grid, x: c.x + x0, y: c.y + y0, w: x1 - x0, h: y1 - y0}
}

// Inset is c without a border of dx columns and dy rows on each side.
func (c Canvas) Inset(dx, dy int) Canvas { return c.Sub(dx, dy, c.w-2*dx, c.h-2*dy) }

// Rows is n rows of c from row y.
func (c Canvas) Rows(y, n int) Canvas { return c.Sub(0, y, c.w, n) }

// at is the cell at x, y; nil outside.
func (c Canvas) at(x, y int) *cell {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return nil
	}
	return &c.grid.cells[(c.y+y)*c.grid.w+c.x+x]
}

// put sets a cell, and mends wide characters that it breaks.
func (c Canvas) put(x, y int, text string, width int, ink theme.Ink) {
	p := c.at(x, y)
	if p == nil {
		return
	}
	if width == 2 && x+1 >= c.w {
		text, width = " ", 1
	}
	if ink.Ground() == 0 {
		ink |= p.ink.Ground() // text lies on what is there
	}
	c.split(x, y)
	*p = cell{text: text, ink: ink, width: int8(width)}
	if width == 2 {
		c.split(x+1, y)
		*c.at(x+1, y) = cell{ink: ink}
	}
}

// split makes a blank of the other half of a wide character that a cell inside of the rectangle belongs to. That half
// may lie outside of it.
func (c Canvas) split(x, y int) {
	i := (c.y+y)*c.grid.w + c.x + x
	switch c.grid.cells[i].width {
	case 0:
		i--
	case 2:
		i++
	default:
		return
	}
	c.grid.cells[i].text, c.grid.cells[i].width = " ", 1
}

// Ground lays a background under the rectangle, and leaves its text.
func (c Canvas) Ground(ground theme.Ink) { c.each(func(p *cell) { p.ink = p.ink.On(ground) }) }

// Track makes the part of a chosen row that the rectangle has ready for bars.
func (c Canvas) Track() {
	c.each(func(p *cell) {
		if p.ink.Ground() == theme.Select {
			p.ink = p.ink.On(theme.Track)
		}
	})
}

// Tint gives all text of the rectangle one ink, and leaves its background.
func (c Canvas) Tint(ink theme.Ink) { c.each(func(p *cell) { p.ink = ink.On(p.ink.Ground()) }) }

// Dim quietens the rectangle, for what lies over it.
func (c Canvas) Dim() { c.each(func(p *cell) { p.ink = p.ink.Dimmed() }) }

// Clear empties the rectangle, zones included.
func (c Canvas) Clear() {
	for y := range c.h {
		if c.w > 0 {
			c.split(0, y)
			c.split(c.w-1, y)
		}
	}
	c.each(func(p *cell) { *p = cell{text: " ", width: 1} })
	c.ClearZones()
}

// ClearZones takes the mouse away from the rectangle.
func (c Canvas) ClearZones() {
	if c.grid == nil {
		return
	}
	c.grid.zones = append(c.grid.zones, Zone{X: c.x, Y: c.y, W: c.w, H: c.h})
}

// Zone makes the rectangle react to the mouse. Later zones lie over earlier ones.
func (c Canvas) Zone(id any) {
	if c.grid != nil && c.w > 0 && c.h > 0 {
		c.grid.zones = append(c.grid.zones, Zone{X: c.x, Y: c.y, W: c.w, H: c.h, ID: id})
	}
}

// Hit is the zone at a point of the whole grid; ID is nil where there is none.
func (c Canvas) Hit(x, y int) Zone {
	if c.grid == nil {
		return Zone{}
	}
	for i := len(c.grid.zones) - 1; i >= 0; i-- {
		z := c.grid.zones[i]
		if x >= z.X && x < z.X+z.W && y >= z.Y && y < z.Y+z.H {
			return z
		}
	}
	return Zone{}
}

func (c Canvas) each(f func(*cell)) {
	for y := range c.h {
		row := (c.y+y)*c.grid.w + c.x
		for i := row; i < row+c.w; i++ {
			f(&c.grid.cells[i])
		}
	}
}
