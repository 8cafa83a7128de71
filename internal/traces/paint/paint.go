// Package paint is text in colours that have a meaning: lines of runs, each with a token that says what it is. A dashboard
// gives the tokens its own theme; [Write] prints them with ANSI styles, plain, or in ASCII alone.
package paint

import (
	"hash/fnv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Token says what a piece of text is; a palette says how that looks.
type Token uint8

// The tokens. Series are the colours of services, as text; Shade are the same, quiet, for surfaces.
const (
	Text   Token = iota // what is read
	Strong              // titles
	Muted               // what is read second
	Faint               // lines, marks, what separates
	Accent              // the critical path, what is selected
	OK
	Warn
	Fail
	Select
	Series                      // Series + 0 … 7
	Shade  = Series + SeriesLen // Shade + 0 … 7
	tokens = Shade + SeriesLen
)

// SeriesLen is how many colours services have.
const SeriesLen = 8

// SeriesOf is the number of a service's colour: its own on every page. Services that end in a number differ from their
// neighbours; others are spread by their name.
func SeriesOf(service string) Token {
	n, digits := 0, 0
	for i := len(service) - 1; i >= 0 && service[i] >= '0' && service[i] <= '9' && digits < 6; i-- {
		digits++
	}
	for _, c := range service[len(service)-digits:] {
		n = n*10 + int(c-'0')
	}
	if digits == 0 {
		h := fnv.New32a()
		_, _ = h.Write([]byte(service))
		n = int(h.Sum32() >> 8)
	}
	return Token(n % SeriesLen)
}

// Run is text of one kind. Inverse swaps text and ground: it draws the left end of a bar, whose glyph is the ground.
type Run struct {
	Text    string
	Token   Token
	Bold    bool
	Inverse bool
}

// Line is the runs of one line of the screen.
type Line []Run

// Say makes a run.
func Say(token Token, text string) Run { return Run{Text: text, Token: token} }

// Bold makes a bold run.
func Bold(token Token, text string) Run { return Run{Text: text, Token: token, Bold: true} }

// Width is how many cells text takes on a terminal.
func Width(text string) int {
	n := 0
	for _, r := range text {
		if !narrow(r) {
			return ansi.StringWidth(text)
		}
		n++
	}
	return n
}

// narrow says that r surely takes one cell and joins nothing: ASCII, Latin, and the glyphs that bars and frames are made
// of. It spares the search for graphemes in nearly every text.
func narrow(r rune) bool {
	return r >= 0x20 && r < 0x7f || r >= 0xa1 && r < 0x300 && r != 0xad || r >= 0x2500 && r < 0x25a0 || r == '…'
}

// Width is how many cells the line takes.
func (l Line) Width() int {
	n := 0
	for _, r := range l {
		n += Width(r.Text)
	}
	return n
}

// String is the line's text alone.
func (l Line) String() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Cut shortens text to width cells, with "…" in place of its end.
func Cut(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	return ansi.Truncate(text, max(width, 0), "…")
}

// CutMiddle shortens text to width cells with "…" in its middle: of names, the beginning and the end tell most.
func CutMiddle(text string, width int) string {
	w := Width(text)
	switch {
	case w <= width:
		return text
	case width < 4:
		return Cut(text, width)
	}
	head := (width - 1) / 2
	tail := width - 1 - head
	end := ansi.TruncateLeft(text, w-tail, "")
	if Width(end) > tail { // a wide character stood across the cut
		end = ansi.TruncateLeft(text, w-tail+1, "")
	}
	return ansi.Truncate(text, head, "") + "…" + end
}

// Pad fills text up to width cells on the right; what is longer is cut.
func Pad(text string, width int) string {
	text = Cut(text, width)
	return text + strings.Repeat(" ", max(width-Width(text), 0))
}

// PadLeft fills text up to width cells on the left; what is longer is cut.
func PadLeft(text string, width int) string {
	text = Cut(text, width)
	return strings.Repeat(" ", max(width-Width(text), 0)) + text
}

// Fit makes the line exactly width cells wide: padded with spaces, or cut.
func (l Line) Fit(width int) Line {
	out := make(Line, 0, len(l)+1)
	for _, r := range l {
		switch w := Width(r.Text); {
		case w > width && strings.Trim(r.Text, " ") == "":
			r.Text = strings.Repeat(" ", width)
		case w > width:
			r.Text = Cut(r.Text, width)
		}
		width -= Width(r.Text)
		out = append(out, r)
		if width <= 0 {
			return out
		}
	}
	return append(out, Say(Text, strings.Repeat(" ", width)))
}

// Safe is text from a span, made safe for one line.
func Safe(text string) string { return sanitise.Line(text) }
