// Package table is a list of rows in columns: a cursor, a window that follows it, and columns that give way when the
// screen is narrow.
package table

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/scroll"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Column is how one column is drawn.
type Column struct {
	Title string
	Min   int  // cells it needs at least
	Max   int  // cells it takes at most; 0 for Min
	Right bool // numbers
	Drop  int  // columns with a higher number go first when there is no room; 0 never goes
	Mid   bool // cut in the middle: names
}

// Cell is one value.
type Cell struct {
	Text string
	Ink  theme.Ink
	Bar  float64 // instead of text: a bar of this share of the column, 0 to 1
}

// Row is the values of one line, one for each column.
type Row []Cell

// Table is the cursor and the window. Its rows are made when they are drawn.
type Table struct {
	Columns []Column
	At      int // the cursor
	Top     int // first row on screen
	Height  int // rows on screen, as drawn last
}

// Zone is a row.
type Zone int

// HeadZone is a column's title.
type HeadZone int

// Move moves the cursor by n rows of total.
func (t *Table) Move(n, total int) { t.At = min(max(t.At+n, 0), max(total-1, 0)) }

// Do moves the cursor by a cursor key's action, and tells whether it was one.
func (t *Table) Do(id string, total int) bool {
	by, ok := scroll.Step(id, t.Height)
	t.Move(by, total)
	return ok
}

// Show makes the window that many rows high, and moves it so that the cursor is in it.
func (t *Table) Show(height, total int) {
	t.Height = height
	t.At = min(max(t.At, 0), max(total-1, 0))
	t.Top = min(max(min(t.Top, t.At), t.At-height+1, 0), max(total-height, 0))
}

// Draw draws the titles and the rows on screen. sorted is the column with the arrow, -1 for none.
func (t *Table) Draw(c canvas.Canvas, total, sorted int, down bool, row func(int) Row) {
	spots := t.layout(c.W() - 3)
	for i, s := range spots {
		if s.w == 0 {
			continue
		}
		title, ink := t.Columns[i].Title, theme.Muted
		if i == sorted {
			title, ink = title+map[bool]string{true: "↓", false: "↑"}[down], theme.Accent
		}
		cell := c.Sub(s.x, 0, s.w, 1)
		cell.Zone(HeadZone(i))
		place(cell, title, ink, t.Columns[i])
	}
	body := c.Rows(1, c.H()-1)
	t.Show(body.H(), total)
	for y := 0; y < body.H() && t.Top+y < total; y++ {
		line := body.Sub(0, y, c.W()-1, 1)
		if t.Top+y == t.At {
			line.Ground(theme.Select)
		}
		line.Zone(Zone(t.Top + y))
		for i, cell := range row(t.Top + y) {
			if i < len(spots) && spots[i].w > 0 {
				s := spots[i]
				text, spot := cell.Text, line.Sub(s.x, 0, s.w, 1)
				if cell.Bar > 0 {
					text = chart.Low(cell.Bar, s.w)
					spot.Track()
				}
				place(spot, text, cell.Ink, t.Columns[i])
			}
		}
	}
	body.Scrollbar(t.Top, total)
}

func place(c canvas.Canvas, text string, ink theme.Ink, col Column) {
	if col.Mid {
		text = canvas.Middle(text, c.W())
	} else {
		text = canvas.Cut(text, c.W())
	}
	if col.Right {
		c.Right(c.W(), 0, text, ink)
		return
	}
	c.Text(0, 0, text, ink)
}

type spot struct{ x, w int }

const between = 2

// layout gives each column its place: those that find no room go, what is left over goes to those that can use it.
func (t *Table) layout(width int) []spot {
	spots := make([]spot, len(t.Columns))
	need := -between
	for i, col := range t.Columns {
		spots[i].w = col.Min
		need += col.Min + between
	}
	for need > width {
		worst := -1
		for i, col := range t.Columns {
			if spots[i].w > 0 && col.Drop > 0 && (worst < 0 || col.Drop >= t.Columns[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		need -= spots[worst].w + between
		spots[worst].w = 0
	}
	for grown := true; grown && need < width; {
		grown = false
		for i, col := range t.Columns {
			if spots[i].w > 0 && spots[i].w < col.Max && need < width {
				spots[i].w++
				need++
				grown = true
			}
		}
	}
	x := 1
	for i := range spots {
		spots[i].x = x
		if spots[i].w > 0 {
			x += spots[i].w + between
		}
	}
	return spots
}
