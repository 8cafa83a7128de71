package wire

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// escape adds the character that the escape at i (after its backslash) stands for, and returns the escape's length
// without the backslash, 0 when it is none.
func (s *scanner) escape(i int) int {
	if i >= len(s.text) {
		return 0
	}
	switch c := s.text[i]; c {
	case '"', '\\', '/', '\'', '\n':
		s.saved = append(s.saved, c)
	case 'b':
		s.saved = append(s.saved, '\b')
	case 'f':
		s.saved = append(s.saved, '\f')
	case 'n':
		s.saved = append(s.saved, '\n')
	case 'r':
		s.saved = append(s.saved, '\r')
	case 't':
		s.saved = append(s.saved, '\t')
	case 'u':
		return s.unicodeEscape(i)
	default:
		return 0
	}
	return 1
}

func (s *scanner) unicodeEscape(i int) int {
	first, ok := s.hex4(i + 1)
	if !ok {
		return 0
	}
	if !utf16.IsSurrogate(first) {
		s.saved = utf8.AppendRune(s.saved, first)
		return 5
	}
	if next := i + 5; next+1 < len(s.text) && s.text[next] == '\\' && s.text[next+1] == 'u' {
		if second, ok := s.hex4(next + 2); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				s.saved = utf8.AppendRune(s.saved, r)
				return 11
			}
		}
	}
	s.saved = append(s.saved, '?')
	return 5
}

func (s *scanner) hex4(i int) (rune, bool) {
	if i+4 > len(s.text) {
		return 0, false
	}
	v, err := strconv.ParseUint(s.text[i:i+4], 16, 16)
	return rune(v), err == nil
}
