package wire

import "unicode/utf8"

// quoted takes the string ahead.
func (s *scanner) quoted() string {
	start := s.pos + 1
	for i := start; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.pos = i + 1
			return s.text[start:i]
		case c == '\\' || c >= 0x80:
			return s.unescaped(start, i)
		}
	}
	s.malformed()
	return ""
}

// unescaped takes the rest of a string that has escapes or bytes beyond ASCII. What is no UTF-8 becomes U+FFFD, a lone
// surrogate '?', as in Java.
func (s *scanner) unescaped(start, i int) string {
	mark, from := len(s.saved), start
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case c == '"':
			s.pos = i + 1
			if from == start {
				return s.text[start:i]
			}
			s.saved = append(s.saved, s.text[from:i]...)
			return string(s.saved[mark:])
		case c == '\\':
			s.saved = append(s.saved, s.text[from:i]...)
			size := s.escape(i + 1)
			if size == 0 {
				s.malformed()
				return ""
			}
			i += 1 + size
			from = i
		case c < 0x80:
			i++
		default:
			r, size := utf8.DecodeRuneInString(s.text[i:])
			if r == utf8.RuneError && size == 1 {
				s.saved = append(append(s.saved, s.text[from:i]...), "\uFFFD"...)
				size = malformedUTF8(s.text[i:])
				from = i + size
			}
			i += size
		}
	}
	s.malformed()
	return ""
}
