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
	if s.push(object) && !object {
		s.indices[len(s.open)-1] = 0
	}
	return s.err == nil
}

func (s *scanner) push(object bool) bool {
	s.pos++
	if len(s.open) >= maxDepth {
		s.fail(errors.New("Nesting limit " + strconv.Itoa(maxDepth) + " reached" + s.where()))
		return false
	}
	s.open = append(s.open, scope{object: object})
	return true
}

// end closes what begin opened; more has seen the closing bracket.
func (s *scanner) end() {
	last := s.pop()
	if last.object {
		s.names[len(s.open)] = ""
	}
	s.took()
}

func (s *scanner) pop() scope {
	s.pos++
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	return last
}

// took counts a value taken from what is open.
func (s *scanner) took() {
	if n := len(s.open); n > 0 {
		s.indices[n-1]++
	}
}

// more tells whether the open object or array goes on, and steps over the comma when it does.
func (s *scanner) more() bool {
	if s.err != nil {
		return false
	}
	in := &s.open[len(s.open)-1]
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

// name takes a member's name and the colon. The name is part of the path from then on.
func (s *scanner) name() string {
	name := s.memberName()
	if s.err == nil {
		s.names[len(s.open)-1] = name
		s.colon()
	}
	return name
}

func (s *scanner) memberName() string {
	if s.space() != '"' {
		s.malformed()
		return ""
	}
	return s.quoted()
}

func (s *scanner) colon() {
	switch c := s.space(); {
	case s.pos >= len(s.text):
		s.endOfInput()
	case c == ':':
		s.pos++
	default:
		s.malformed()
	}
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

// skip takes any value. It does not recurse: nesting is bounded by push.
func (s *scanner) skip() {
	bottom := len(s.open)
	for s.err == nil {
		switch got := s.peek(); got {
		case tokenObject, tokenArray:
			s.push(got == tokenObject)
		case tokenString:
			s.quoted()
		case tokenNumber, tokenBoolean, tokenNull:
			s.pos += len(s.literal())
		case tokenEnd:
			s.endOfInput()
		default:
			s.malformed()
		}
		for len(s.open) > bottom && !s.more() && s.err == nil {
			s.pop()
		}
		if s.err == nil && len(s.open) > bottom && s.open[len(s.open)-1].object {
			if s.memberName(); s.err == nil {
				s.colon()
			}
		}
		if len(s.open) == bottom {
			break
		}
	}
	s.took()
}
