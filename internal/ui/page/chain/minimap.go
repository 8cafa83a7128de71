package chain

import (
	"cmp"
	"strconv"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// mapColumns is how many links a row of the map holds: a round number, so that positions can be read.
func mapColumns(width int) int {
	n := (mapWidth(width) - 6) / 2
	for _, round := range []int{100, 50, 40, 25, 20, 10} {
		if n >= round {
			return round
		}
	}
	return max(n, 1)
}

// mapWidth leaves room for the list of links that are not well.
func mapWidth(width int) int { return width - min(max(width/3, 24), 60) }

// drawMap draws one cell per link, and lists those that are not well beside it.
func drawMap(c canvas.Canvas, all []item, m marks, offset int) {
	columns := mapColumns(c.W())
	left := c.Sub(0, 0, 6+columns*2+1, c.H())
	for y := 0; y < left.H(); y++ {
		first := (offset + y) * columns
		if first >= len(all) {
			break
		}
		left.Right(4, y, strconv.Itoa(first), theme.Faint)
		for k := 0; k < columns && first+k < len(all); k++ {
			i := first + k
			cell := left.Sub(6+k*2, y, 2, 1)
			it := all[i]
			if it.look.Ink == theme.OK {
				cell.Text(0, 0, "·", theme.Muted)
			} else {
				cell.Text(0, 0, it.look.Symbol, it.look.Ink|theme.Bold)
			}
			if m.found(i) {
				cell.Sub(0, 0, 1, 1).Ground(theme.Mark)
			}
			if i == m.chosen {
				cell.Sub(0, 0, 1, 1).Tint(theme.Text | theme.Bold | theme.Reverse)
			}
			cell.Zone(i)
		}
	}
	left.Scrollbar(offset, (len(all)+columns-1)/columns)
	drawUnwell(c.Sub(left.W()+1, 0, c.W()-left.W()-2, c.H()), all, m.chosen)
}

// drawUnwell lists the links that are not well, as many as fit.
func drawUnwell(c canvas.Canvas, all []item, chosen int) {
	var unwell []item
	for _, it := range all {
		if it.look.Ink != theme.OK && it.look != theme.Idle {
			unwell = append(unwell, it)
		}
	}
	if len(unwell) == 0 {
		c.Text(0, 0, "● all "+units.Plural(len(all), "link", "links")+" are well", theme.OK)
		return
	}
	c.Text(0, 0, units.Count(len(unwell))+" of "+units.Plural(len(all), "link", "links")+" need a look", theme.Text|theme.Bold)
	for y, it := range unwell {
		if y+3 >= c.H() && y+1 < len(unwell) {
			c.Text(0, y+2, "and "+units.Count(len(unwell)-y)+" more", theme.Muted)
			return
		}
		row := c.Sub(0, y+2, c.W(), 1)
		if it.Index == chosen {
			row.Ground(theme.Select)
		}
		row.Zone(it.Index)
		x := row.Text(0, 0, it.look.Symbol+" ", it.look.Ink)
		row.Text(x, 0, strconv.Itoa(it.Index), theme.Text)
		row.Text(x+5, 0, canvas.Cut(what(it), row.W()-x-5), theme.Muted)
	}
}

// what is wrong with a link, by its pods or else by its requests.
func what(it item) string {
	if it.Status != state.Ready {
		return cmp.Or(it.Message, it.look.Word)
	}
	return cmp.Or(it.Why, it.look.Word)
}
