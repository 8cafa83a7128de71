package paint

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Style is how [Write] prints. The zero Style is plain text: Unicode without a single escape code.
type Style struct {
	Palette *Palette // colours; nil for none
	ASCII   bool     // 7-bit characters only, whatever the text holds
}

// Write prints lines, each ended by a line feed, without spaces at their ends.
func Write(w io.Writer, lines []Line, style Style) error {
	out := bufio.NewWriter(w)
	for _, l := range lines {
		l = trim(l)
		for _, r := range l {
			_, _ = out.WriteString(style.run(r))
		}
		_ = out.WriteByte('\n')
	}
	return out.Flush()
}

// trim drops the spaces at a line's end.
func trim(l Line) Line {
	for len(l) > 0 {
		last := l[len(l)-1]
		text := strings.TrimRight(last.Text, " ")
		if text == last.Text && text != "" {
			return l
		}
		l = append(Line{}, l[:len(l)-1]...)
		if text != "" {
			last.Text = text
			return append(l, last)
		}
	}
	return l
}

func (s Style) run(r Run) string {
	switch {
	case s.ASCII:
		return s.sgr(r, ascii(r))
	case s.Palette == nil:
		return plain(r)
	}
	return s.sgr(r, r.Text)
}

func (s Style) sgr(r Run, text string) string {
	if s.Palette == nil || strings.Trim(text, " ") == "" && r.Token != Select {
		return text
	}
	params := s.Palette[r.Token]
	if r.Bold || r.Token == Strong {
		params = join("1", params)
	}
	if r.Inverse && !s.ASCII {
		params = join("7", params)
	}
	if params == "" {
		return text
	}
	return "\x1b[" + params + "m" + text + "\x1b[0m"
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + ";" + b
}

// Without colours the quiet surface is a lighter block, and the left end of a bar the nearest glyph that is filled on its
// right.
var (
	quiet    = strings.NewReplacer("█", "▒")
	leftEnds = strings.NewReplacer("▏", "█", "▎", "▐", "▍", "▐", "▌", "▐", "▋", "▐", "▊", "▕", "▉", "▕")
)

func plain(r Run) string {
	text := r.Text
	if r.Token >= Shade {
		text = quiet.Replace(text)
	}
	if r.Inverse {
		text = leftEnds.Replace(text)
	}
	return text
}

// sevenBit says what stands for a glyph where there is ASCII only, each of the same width.
var sevenBit = map[rune]byte{
	'█': '#', '▉': '#', '▊': '#', '▋': '#', '▌': '#', '▍': '#', '▎': '|', '▏': '|', '░': '.', '▒': '=', '▕': '|', '▐': '#',
	'▄': '-',
	'▸': '+', '▾': '-', '×': 'x', '✗': 'x', '◀': '<', '▶': '>', '◌': 'o', '●': '*', '▲': '!', '…': '~', '·': '.', 'µ': 'u', '─': '-', '│': '|', '┊': ':', '┄': '~', '→': '>', '−': '-',
	'≈': '~', '━': '=', '╸': '-', '╺': '-',
}

func ascii(r Run) string {
	var b strings.Builder
	for text := r.Text; text != ""; {
		one, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth) // a flag's two letters are one picture
		text = text[len(one):]
		c, n := utf8.DecodeRuneInString(one)
		switch short, ok := sevenBit[c]; {
		case c < utf8.RuneSelf && width <= 1: // an accent that follows is left out
			b.WriteRune(c)
		case ok && n == len(one) && r.Token >= Shade && (short == '#' || short == '|'):
			b.WriteByte('=')
		case ok && n == len(one):
			b.WriteByte(short)
		default:
			b.WriteString(strings.Repeat("?", width))
		}
	}
	return b.String()
}
