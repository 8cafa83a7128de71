package wire

import "strconv"

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
		s.fail(Refusal("Nesting limit " + strconv.Itoa(maxDepth) + " reached" + s.where()))
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
