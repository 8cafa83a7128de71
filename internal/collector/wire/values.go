package wire

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

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
		s.fail(Refusal("empty String"))
	case err != nil && !errors.Is(err, strconv.ErrRange):
		s.fail(Refusal(`For input string: "` + text + `"`))
	case f != math.Trunc(f) || f < float64(low) || f > float64(high) || math.IsNaN(f):
		s.fail(Refusal("Expected " + want + " but was " + text + s.where()))
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
