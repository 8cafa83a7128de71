package canvas

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Text draws one line at x, y and returns the column after it. It draws what it is given: text from outside has been
// sanitised where it came in.
func (c Canvas) Text(x, y int, s string, ink theme.Ink) int {
	if y < 0 || y >= c.h {
		return x + Width(s)
	}
	for len(s) > 0 {
		text, w := first(s)
		s = s[len(text):]
		if w > 0 {
			if !utf8.ValidString(text) {
				text = string(utf8.RuneError)
			}
			c.put(x, y, text, w, ink)
		}
		x += w
	}
	return x
}

// Right draws s so that it ends before column x, and returns the column where it begins.
func (c Canvas) Right(x, y int, s string, ink theme.Ink) int {
	x -= Width(s)
	c.Text(x, y, s, ink)
	return x
}

// Center draws s in the middle of row y.
func (c Canvas) Center(y int, s string, ink theme.Ink) {
	c.Text(max((c.w-Width(s))/2, 0), y, s, ink)
}

// Row fills n cells from x, y with one character.
func (c Canvas) Row(x, y, n int, s string, ink theme.Ink) {
	for i := range max(n, 0) {
		c.put(x+i, y, s, 1, ink)
	}
}

// first is the first grapheme cluster of s and its width. Most text is ASCII, frames and blocks, which need no tables.
func first(s string) (string, int) {
	if b := s[0]; b < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		if b < 0x20 || b == 0x7f {
			return s[:1], 0
		}
		return s[:1], 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		return s[:1], 1 // no UTF-8: drawn as what stands for such bytes
	}
	if r >= 0x2500 && r < 0x25A0 || r >= 0x2800 && r < 0x2900 {
		return s[:n], 1
	}
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// Width is how many cells s takes.
func Width(s string) int {
	w := 0
	for len(s) > 0 {
		text, n := first(s)
		s = s[len(text):]
		w += n
	}
	return w
}

// Cut is s in at most w cells, with … at its end when something is missing.
func Cut(s string, w int) string {
	if len(s) <= w || Width(s) <= w {
		return s
	}
	if w < 1 {
		return ""
	}
	return head(s, w-1) + "…"
}

// Middle is s in at most w cells, with … in its middle when something is missing: the end of a pod's name is what
// tells it from its siblings.
func Middle(s string, w int) string {
	if len(s) <= w || Width(s) <= w {
		return s
	}
	if w < 5 {
		return Cut(s, w)
	}
	back := min((w-1)*3/5, w-2)
	return head(s, w-1-back) + "…" + tail(s, back)
}

func head(s string, w int) string {
	n := 0
	for n < len(s) {
		text, tw := first(s[n:])
		if tw > w {
			break
		}
		w -= tw
		n += len(text)
	}
	return s[:n]
}

func tail(s string, w int) string {
	total := Width(s)
	for len(s) > 0 && total > w {
		text, n := first(s)
		s, total = s[len(text):], total-n
	}
	return s
}

// Pad is s cut or filled with spaces to exactly w cells.
func Pad(s string, w int) string {
	s = Cut(s, w)
	return s + strings.Repeat(" ", max(w-Width(s), 0))
}

// Wrap breaks s into lines of at most w cells, between words where it can.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, w, " ,/"), "\n")
}
