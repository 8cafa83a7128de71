package wire

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// Lower is the lower-casing of names, on write and on query: Java's toLowerCase of the root locale, which knows the final
// sigma and the dotted I, as strings.ToLower does not.
func Lower(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return cases.Lower(language.Und).String(name)
		}
	}
	return name
}

// replaceMalformed puts U+FFFD where text is no UTF-8.
func replaceMalformed(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			size = malformedUTF8(text[i:])
		}
		out.WriteRune(r)
		i += size
	}
	return out.String()
}

// malformedUTF8 is how many bytes at the start of text, which are no character, Java replaces by one U+FFFD: what could
// have begun one, and a surrogate as a whole.
func malformedUTF8(text string) int {
	low, high, size := byte(0x80), byte(0xbf), 1
	switch lead := text[0]; {
	case lead >= 0xc2 && lead <= 0xdf:
		size = 2
	case lead >= 0xe0 && lead <= 0xef:
		size = 3
		if lead == 0xe0 {
			low = 0xa0
		}
	case lead >= 0xf0 && lead <= 0xf4:
		size = 4
		switch lead {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	}
	for i := 1; i < size; i++ {
		if i >= len(text) || text[i] < low || text[i] > high {
			return i
		}
		low, high = 0x80, 0xbf
	}
	return size
}
