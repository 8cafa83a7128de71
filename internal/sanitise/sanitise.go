// Package sanitise makes text from the cluster or from a span safe to show: on a terminal, in a clipboard, in a file.
//
// What it takes away, so that text can neither steer a terminal nor look like what it is not: escape sequences (ECMA-48
// CSI, OSC, DCS, SOS, PM, APC and the two-byte ones, in their 7-bit, 8-bit and UTF-8 forms), the other C0 and C1 controls
// and DEL, bidirectional controls (UAX #9), and characters that have no picture of their own (the other format controls,
// variation selectors, fillers, tags). Bytes that are not UTF-8 become U+FFFD.
package sanitise

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s as one line: what [Text] takes away is taken away, and line breaks and tabs become single spaces.
func Line(s string) string { return clean(s, false) }

// Text returns s as text of several lines: "\n" stays, "\r\n" and other line breaks become "\n", a tab becomes four
// spaces, and everything that steers a terminal or hides is taken away.
func Text(s string) string { return clean(s, true) }

func clean(s string, multiline bool) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if n := sequence(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\r' && strings.HasPrefix(s[i+n:], "\n") {
			n++
		}
		i += n
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteRune(utf8.RuneError)
		case isBreak(r) && multiline:
			b.WriteByte('\n')
		case isBreak(r):
			b.WriteByte(' ')
		case r == '\t' && multiline:
			b.WriteString("    ")
		case r == '\t':
			b.WriteByte(' ')
		case !hidden(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain says that s is printable ASCII only: the common case, which costs no copy.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// invisible are characters without a picture that Unicode does not class as controls: they can hide text in text.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034f, Hi: 0x034f, Stride: 1}, // combining grapheme joiner
		{Lo: 0x115f, Hi: 0x1160, Stride: 1}, // hangul fillers
		{Lo: 0x17b4, Hi: 0x17b5, Stride: 1}, // khmer inherent vowels
		{Lo: 0x180b, Hi: 0x180f, Stride: 1}, // mongolian variation selectors
		{Lo: 0x3164, Hi: 0x3164, Stride: 1}, // hangul filler
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1}, // variation selectors
		{Lo: 0xffa0, Hi: 0xffa0, Stride: 1}, // halfwidth hangul filler
	},
	R32: []unicode.Range32{
		{Lo: 0xe0000, Hi: 0xe0fff, Stride: 1}, // tags, variation selectors, and what Unicode keeps for more of them
	},
}

// hidden says that r is not to be shown: C0, C1, DEL, every format control (bidi among them), other
// invisible ones, and those at the end of each plane that are no characters at all (which XML forbids).
func hidden(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(invisible, r) || r&0xfffe == 0xfffe
}
