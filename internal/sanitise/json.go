package sanitise

import (
	"fmt"
	"unicode/utf8"
)

// JSON returns the JSON text b with every character that [Line] would take away written as \u escapes instead: nothing is
// lost to a program that reads it, and nothing steers a terminal that shows it. b must be valid JSON: such characters then
// stand in strings only, except line breaks, which stay as they are.
func JSON(b []byte) []byte {
	ascii := true
	for _, c := range b {
		if c >= 0x7f {
			ascii = false
			break
		}
	}
	if ascii {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r < 0x20 || !hidden(r) && !isBreak(r):
			out = append(out, b[i:i+n]...)
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}
