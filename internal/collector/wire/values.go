package wire

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// begin opens an object or array.
func (s *scanner) begin(object bool) bool {
	want := byte('[')
	if object {
		want = '{'
	}
	if s.space() != want {
		if s.peek() == tokenEnd {
			s.endOfInput()
		} else {
			s.malformed()
		}
		return false
	}
	s.pos++
	if len(s.stack) >= maxDepth {
		s.fail(errors.New("Nesting limit " + strconv.Itoa(maxDepth) + " reached" + s.where() + troubleMalformed))
		return false
	}
	s.stack = append(s.stack, scope{object: object})
	return true
}

const (
	maxDepth         = 255 // Gson's default
	troubleMalformed = "\nSee https://github.com/google/gson/blob/main/Troubleshooting.md#malformed-json"
)

// end closes what begin opened; more has seen the closing bracket.
func (s *scanner) end() {
	s.pos++
	s.stack = s.stack[:len(s.stack)-1]
	s.took()
}

// took counts a value taken from the enclosing array.
func (s *scanner) took() {
	if n := len(s.stack); n > 0 && !s.stack[n-1].object {
		s.stack[n-1].index++
	}
}

// more tells whether the open object or array goes on, and steps over the comma when it does.
func (s *scanner) more() bool {
	if s.err != nil {
		return false
	}
	in := &s.stack[len(s.stack)-1]
	c := s.space()
	switch {
	case s.pos >= len(s.text):
		s.endOfInput()
		return false
	case c == ']' && !in.object, c == '}' && in.object:
		return false
	case in.begun && c != ',':
		s.malformed()
		return false
	case in.begun:
		s.pos++
		if s.peek() == tokenEnd {
			s.endOfInput()
			return false
		}
		if c := s.space(); c == ']' || c == '}' || c == ',' {
			s.malformed()
			return false
		}
	}
	in.begun = true
	return true
}

// name takes a member's name and the colon.
func (s *scanner) name() string {
	if s.space() != '"' {
		s.malformed()
		return ""
	}
	name := s.quoted()
	s.stack[len(s.stack)-1].name = name
	if s.err != nil {
		return ""
	}
	switch s.space() {
	case ':':
		s.pos++
	case 0:
		s.endOfInput()
	default:
		s.malformed()
	}
	return name
}

// skipNull takes a null if one is next.
func (s *scanner) skipNull() bool {
	if c := s.space(); c != 'n' && c != 'N' || s.peek() != tokenNull {
		return false
	}
	s.pos += len("null")
	s.took()
	return true
}

// string takes a string, or a number as its text.
func (s *scanner) string() string {
	if s.space() == '"' {
		text := s.quoted()
		s.took()
		return text
	}
	switch got := s.peek(); got {
	case tokenNumber:
		text, _ := s.number()
		s.pos += len(text)
		s.took()
		return text
	default:
		s.unexpected("a string", got)
		return ""
	}
}

// long takes an integer of 64 bits, be it written as a string or with a fraction of zero.
func (s *scanner) long() int64 { return s.integer("a long", math.MinInt64, math.MaxInt64) }

// int takes an integer of 32 bits in the same ways.
func (s *scanner) int() int { return int(s.integer("an int", math.MinInt32, math.MaxInt32)) }

func (s *scanner) integer(want string, low, high int64) int64 {
	var text string
	switch got := s.peek(); got {
	case tokenNumber:
		text, _ = s.number()
		s.pos += len(text)
	case tokenString:
		if text = s.quoted(); s.err != nil {
			return 0
		}
	default:
		s.unexpected(want, got)
		return 0
	}
	if v, err := strconv.ParseInt(text, 10, 64); err == nil && v >= low && v <= high {
		s.took()
		return v
	}
	trimmed := strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	f, err := strconv.ParseFloat(strings.TrimRight(trimmed, "dDfF"), 64)
	switch {
	case trimmed == "":
		s.fail(errors.New("empty String"))
	case err != nil && !errors.Is(err, strconv.ErrRange):
		s.fail(errors.New(`For input string: "` + text + `"`))
	case f != math.Trunc(f) || f < float64(low) || f > float64(high) || math.IsNaN(f):
		s.fail(errors.New("Expected " + want + " but was " + text + s.where()))
	}
	s.took()
	return int64(f)
}

// bool takes true or false.
func (s *scanner) bool() bool {
	got := s.peek()
	if got != tokenBoolean {
		s.unexpected("a boolean", got)
		return false
	}
	word := s.literal()
	s.pos += len(word)
	s.took()
	return strings.EqualFold(word, "true")
}

// skip takes any value. It does not recurse: nesting is bounded by begin.
func (s *scanner) skip() {
	bottom := len(s.stack)
	for s.err == nil {
		switch got := s.peek(); got {
		case tokenObject, tokenArray:
			s.begin(got == tokenObject)
		case tokenString:
			s.quoted()
			s.took()
		case tokenNumber, tokenBoolean, tokenNull:
			s.pos += len(s.literal())
			s.took()
		case tokenEnd:
			s.endOfInput()
		default:
			s.malformed()
		}
		for len(s.stack) > bottom && s.err == nil && !s.more() {
			if s.err == nil {
				s.end()
			}
		}
		if len(s.stack) == bottom || s.err != nil {
			return
		}
		if s.stack[len(s.stack)-1].object {
			s.name()
		}
	}
}
