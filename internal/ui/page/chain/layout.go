package chain

// form is how the chain is drawn.
type form int

const (
	auto  form = iota // by what fits
	cards             // a card for each link, joined by arrows
	lines             // one line per link
	cells             // a map: one cell per link
)

// maxLines is how many links are drawn as lines before the map takes over.
const maxLines = 200

// point is a cell of an arrow.
type point struct {
	x, y  int
	glyph string
}

type rect struct{ x, y, w, h int }

// layout is where the cards and arrows lie in a picture of some width; y grows beyond the screen when there are many.
type layout struct {
	perRow int
	gutter int // columns on the left: load generator, collector, and the arrows that come round
	cards  []rect
	arrows [][]point // arrows[i] leads to link i, from the load generator or from link i-1, in the order of travel
	height int
}

const (
	gap       = 4 // between two cards: room for an arrow
	shortCard = 5 // rows: state, own time, sparkline
	midCard   = 6 // the image as well
	tallCard  = 8 // everything
	widest    = 32
)

// arrange lays n cards of a height into a width, in rows as equal as can be.
func arrange(width, n, cardH int) layout {
	narrowest, gutter := 20, 16
	if width < 100 {
		narrowest, gutter = 18, 14
	}
	room := width - gutter - 3 // the last columns are for the arrow to the next row
	perRow := max((room+gap)/(narrowest+gap), 1)
	rows := (n + perRow - 1) / perRow
	perRow = (n + rows - 1) / max(rows, 1)
	cardW := min(max((room+gap)/max(perRow, 1)-gap, 8), widest)

	l := layout{perRow: perRow, gutter: gutter, cards: make([]rect, n), arrows: make([][]point, n)}
	for i := range n {
		row, column := i/perRow, i%perRow
		l.cards[i] = rect{x: gutter + column*(cardW+gap), y: row * (cardH + 1), w: cardW, h: cardH}
		switch {
		case i == 0:
			l.arrows[i] = across(nil, 11, gutter, 2)
		case column > 0:
			before := l.cards[i-1]
			l.arrows[i] = across(nil, before.x+before.w, l.cards[i].x, before.y+2)
		default:
			l.arrows[i] = around(l.cards[i-1], l.cards[i])
		}
	}
	l.height = rows*(cardH+1) - 1
	return l
}

// across is an arrow from column x0 to the card at column x1.
func across(path []point, x0, x1, y int) []point {
	for x := x0; x < x1-1; x++ {
		path = append(path, point{x, y, "─"})
	}
	return append(path, point{x1 - 1, y, "▶"})
}

// around is an arrow from the last card of a row back to the first of the next.
func around(from, to rect) []point {
	right, y := from.x+from.w+1, from.y+2
	path := []point{{right - 1, y, "─"}, {right, y, "╮"}}
	between := from.y + from.h
	for y++; y < between; y++ {
		path = append(path, point{right, y, "│"})
	}
	path = append(path, point{right, between, "╯"})
	const left = 2
	for x := right - 1; x > left; x-- {
		path = append(path, point{x, between, "─"})
	}
	path = append(path, point{left, between, "╭"})
	for y := between + 1; y < to.y+2; y++ {
		path = append(path, point{left, y, "│"})
	}
	path = append(path, point{left, to.y + 2, "╰"})
	return across(path, left+1, to.x, to.y+2)
}

// choose is the form that fits n links into a picture, and the cards' layout when it is cards.
func choose(want form, width, height, n int) (form, layout) {
	if fits := (width/22 + 1) * (height/shortCard + 1); want == auto && n <= fits || want == cards {
		for _, h := range []int{tallCard, midCard, shortCard} {
			if l := arrange(width, n, h); l.height <= height && (h < tallCard || l.cards[0].w >= 24) {
				return cards, l
			}
		}
		if want == cards {
			return cards, arrange(width, n, shortCard)
		}
	}
	if want == lines || want == auto && n <= maxLines {
		return lines, layout{}
	}
	return cells, layout{}
}
