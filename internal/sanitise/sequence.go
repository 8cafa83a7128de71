package sanitise

import "unicode/utf8"

// The bytes of ECMA-48 that begin a sequence, in their 7-bit form after ESC; the 8-bit form is the byte plus 0x40.
const (
	esc = 0x1b
	bel = 0x07
	csi = '['
	st  = '\\'
)

// sequence returns the length in bytes of the escape sequence that s begins with, or 0.
//
// A sequence that never ends is not swallowed with all that follows it: only its introducer is one, so that nobody can
// hide the rest of a text by opening a string. What it carried is then shown as plain characters.
func sequence(s string) int {
	final, n := introducer(s)
	switch {
	case n == 0:
		return 0
	case final == csi:
		return n + csiLength(s[n:])
	case isString(final):
		return n + stringLength(s[n:])
	}
	return n
}

// introducer reads ESC and what follows it, or one C1 character, and returns what was introduced (as the 7-bit form's
// second byte) and its length in bytes.
func introducer(s string) (byte, int) {
	if s[0] != esc {
		return c1(s)
	}
	i := 1
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f { // intermediate bytes, as in ESC ( B
		i++
	}
	if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
		return s[i], i + 1
	}
	return 0, 1
}

// c1 reads a C1 control, raw or in UTF-8. NEL is left to the caller, to which it is a line break.
func c1(s string) (byte, int) {
	if s[0] >= 0x80 && s[0] <= 0x9f {
		return s[0] - 0x40, 1
	}
	if r, n := utf8.DecodeRuneInString(s); r >= 0x80 && r <= 0x9f && r != 0x85 {
		return byte(r) - 0x40, n
	}
	return 0, 0
}

// isString says that what was introduced runs up to a string terminator: DCS, SOS, OSC, PM, APC.
func isString(final byte) bool {
	switch final {
	case 'P', 'X', ']', '^', '_':
		return true
	}
	return false
}

// csiLength is the length of a control sequence's parameters, intermediates and final byte; 0 if it never ends well.
func csiLength(s string) int {
	i := 0
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x3f {
		i++
	}
	if i < len(s) && s[i] >= 0x40 && s[i] <= 0x7e {
		return i + 1
	}
	return 0
}

// stringLimit bounds the search for a terminator: a text of a million openings must not cost a million scans of it.
const stringLimit = 4096

// stringLength is the length of a control string with its terminator (BEL, ESC \, ST); 0 if there is none near.
func stringLength(s string) int {
	for i := 0; i < len(s) && i < stringLimit; i++ {
		switch {
		case s[i] == bel, s[i] == 0x9c && !continuation(s, i):
			return i + 1
		case s[i] == esc && i+1 < len(s) && s[i+1] == st:
			return i + 2
		case s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		case s[i] == esc, s[i] == '\n':
			return 0
		}
	}
	return 0
}

// continuation says that the byte at i is inside a UTF-8 character, not a control of its own.
func continuation(s string, i int) bool {
	for back := 1; back <= 3 && i-back >= 0; back++ {
		if c := s[i-back]; c >= 0xc0 {
			_, n := utf8.DecodeRuneInString(s[i-back:])
			return n > back
		} else if c < 0x80 {
			return false
		}
	}
	return false
}
