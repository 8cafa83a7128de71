package chain

import "testing"

// Cards are as tall as there is room for, and in all forms that are chosen by themselves the whole chain is on screen.
func TestChoose(t *testing.T) {
	for _, c := range []struct{ width, height, n, form, card int }{
		{80, 14, 6, int(cards), midCard}, {80, 12, 6, int(cards), shortCard}, {80, 14, 12, int(lines), 0},
		{120, 24, 6, int(cards), tallCard}, {130, 56, 30, int(cards), midCard}, {130, 50, 30, int(cards), shortCard}, {130, 56, 300, int(cells), 0},
	} {
		f, l := choose(auto, c.width, c.height, c.n)
		if int(f) != c.form || f == cards && (l.cards[0].h != c.card || l.height > c.height) {
			t.Errorf("%+v: form %d, %d rows", c, f, l.height)
		}
	}
}

// Cards never overlap or leave the picture, and each arrow is a way without gaps from card to card.
func TestArrange(t *testing.T) {
	for width := 60; width <= 220; width += 7 {
		for _, n := range []int{1, 2, 3, 5, 8, 24} {
			l := arrange(width, n, shortCard)
			for i, c := range l.cards {
				if c.x < l.gutter || c.x+c.w > width || c.y+c.h > l.height {
					t.Fatalf("width %d, card %d of %d: %+v is outside", width, i, n, c)
				}
				if i > 0 && c.y == l.cards[i-1].y && c.x < l.cards[i-1].x+l.cards[i-1].w+gap {
					t.Fatalf("width %d: cards %d and %d overlap", width, i-1, i)
				}
				path := l.arrows[i]
				if last := path[len(path)-1]; last.x != c.x-1 || last.glyph != "▶" {
					t.Fatalf("width %d: arrow %d ends at %+v, the card is at %+v", width, i, last, c)
				}
				for k := 1; k < len(path); k++ {
					dx, dy := path[k].x-path[k-1].x, path[k].y-path[k-1].y
					if dx*dx+dy*dy != 1 {
						t.Fatalf("width %d: arrow %d jumps from %+v to %+v", width, i, path[k-1], path[k])
					}
				}
				if i > 0 && path[0].x != l.cards[i-1].x+l.cards[i-1].w {
					t.Fatalf("width %d: arrow %d begins at %+v", width, i, path[0])
				}
			}
		}
	}
}
