// Package theme gives colours their meaning: pages name what a text is (accent, fail, muted …), and a theme says what
// that looks like on this terminal: dark, light, with 16 colours, or with none.
package theme

// Ink is how a cell is drawn: a token in the foreground, one in the background, and attributes, joined with |.
type Ink uint32

// The foreground tokens. Text is the terminal's own colour.
const (
	Text   Ink = iota
	Muted      // labels, and what is less important than the text around it
	Faint      // healthy details; still readable
	Border     // frames and arrows; no text
	Accent     // what can be chosen, the critical path, titles
	OK
	Warn
	Fail
	Series // the first of eight colours for services: Series + Ink(i%SeriesCount)

	// Shade is the first of the same eight, quiet, for surfaces: no text.
	Shade = Series + SeriesCount
)

// SeriesCount is how many services are told apart by colour.
const SeriesCount = 8

const tokens = int(Shade) + SeriesCount

// The backgrounds and attributes.
const (
	Select    Ink = 1 << 8  // the chosen row
	Glow      Ink = 2 << 8  // has just changed
	Bar       Ink = 3 << 8  // header and footer
	Mark      Ink = 4 << 8  // what a search found
	Bright    Ink = 5 << 8  // the button that enter presses
	Track     Ink = 6 << 8  // Select under bars, which reverse video would turn into holes
	Bold      Ink = 1 << 16 //
	Underline Ink = 1 << 17
	Reverse   Ink = 1 << 18

	grounds            = 7
	tokenMask      Ink = 0xff
	groundMask     Ink = 0xff00
	attributesMask Ink = Bold | Underline | Reverse
)

// Of is the colour of the i-th service, the same on all pages.
func Of(i int) Ink {
	if i < 0 {
		return Muted
	}
	return Series + Ink(i%SeriesCount)
}

// Token is the foreground of the ink alone.
func (k Ink) Token() Ink { return k & tokenMask }

// On is the ink over another background (Select, Glow, … or 0 for none).
func (k Ink) On(ground Ink) Ink { return k&^groundMask | ground&groundMask }

// Ground is the background of the ink alone.
func (k Ink) Ground() Ink { return k & groundMask }

// Dimmed is the ink of a page under a dialog: one quiet colour, no background.
func (k Ink) Dimmed() Ink {
	if k.Token() == Border {
		return Border
	}
	return Dim
}
