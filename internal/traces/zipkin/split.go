package zipkin

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// element is what the splitter found next in a body.
type element int

const (
	endOfBody element = iota
	innerOpen
	innerClose
	spanElement  // an object: its bytes follow
	otherElement // anything else that stands where a span should
	oversized    // an object beyond the limit: its bytes are dropped
)

// splitter cuts a body into the objects of a list, or of a list of lists, without understanding them: it follows brackets
// and strings only. So a span with broken JSON inside it does not hurt the next, and no more than one is held in memory.
type splitter struct {
	in     *bufio.Reader
	body   *io.LimitedReader
	limits Limits
	buf    []byte
	inner  bool // inside an inner list
	count  int  // elements seen
}

func newSplitter(r io.Reader, limits Limits) *splitter {
	body := &io.LimitedReader{R: r, N: limits.Bytes}
	return &splitter{in: bufio.NewReaderSize(body, 64<<10), body: body, limits: limits}
}

// open reads the outer list's bracket.
func (s *splitter) open() (element, error) {
	if bom, err := s.in.Peek(3); err == nil && string(bom) == "\ufeff" {
		_, _ = s.in.Discard(3)
	}
	c, err := s.skip(" \t\r\n")
	if err != nil {
		return endOfBody, fmt.Errorf("%w: the body is empty", ErrNotSpans)
	}
	if c == '[' {
		return innerOpen, nil
	}
	_ = s.in.UnreadByte()
	start, _ := s.in.Peek(80)
	return endOfBody, fmt.Errorf("%w: it begins with %q", ErrNotSpans, sanitise.Line(string(start)))
}

// skip reads past any of the bytes in set and returns the first that is not one of them.
func (s *splitter) skip(set string) (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return 0, s.cut(err)
		}
		found := false
		for i := 0; i < len(set); i++ {
			found = found || c == set[i]
		}
		if !found {
			return c, nil
		}
	}
}

// cut turns the end of the input, which is always too early where it is called, into words.
func (s *splitter) cut(err error) error {
	switch {
	case s.body.N <= 0:
		return fmt.Errorf("longer than %d bytes", s.limits.Bytes)
	case err == io.EOF: //nolint:errorlint // bufio returns it bare
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading the body: %w", err)
}

// next returns the next element; its bytes are valid until the call after.
func (s *splitter) next() (element, []byte, error) {
	c, err := s.skip(" \t\r\n,")
	for err == nil && c == ']' && !s.inner && s.limits.Stream {
		if ended, err := s.ended(); ended || err != nil {
			return endOfBody, nil, err
		}
		c, err = s.skip(" \t\r\n,")
	}
	if err != nil {
		return endOfBody, nil, err
	}
	switch {
	case c == ']' && s.inner:
		s.inner = false
		return innerClose, nil, nil
	case c == ']':
		return endOfBody, nil, nil
	case c == '[' && !s.inner:
		s.inner = true
		return innerOpen, nil, nil
	}
	s.count++
	if c == '{' || c == '[' {
		whole, err := s.balanced(c)
		switch {
		case err != nil:
			return endOfBody, nil, err
		case c == '[':
			return otherElement, nil, nil
		case !whole:
			return oversized, nil, nil
		}
		return spanElement, s.buf, nil
	}
	_ = s.in.UnreadByte()
	return otherElement, nil, s.scalar()
}

// ended tells whether the body ends with the list that has ended; else another one has begun.
func (s *splitter) ended() (bool, error) {
	switch c, err := s.skip(" \t\r\n"); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return true, nil
	case err != nil:
		return false, err
	case c != '[':
		return false, fmt.Errorf("after the list comes %q, which is no list", string(c))
	}
	return false, nil
}

// structural are the characters by which balanced counts.
var structural = [256]bool{'"': true, '\\': true, '{': true, '}': true, '[': true, ']': true}

// balanced reads up to the bracket that closes open, into buf as long as it fits.
func (s *splitter) balanced(open byte) (whole bool, err error) {
	s.buf, whole = append(s.buf[:0], open), true
	depth, quoted, escaped := 1, false, false
	for depth > 0 {
		if _, err := s.in.Peek(1); err != nil {
			return false, s.cut(err)
		}
		chunk, _ := s.in.Peek(s.in.Buffered())
		n := 0
		for n < len(chunk) && depth > 0 {
			c := chunk[n]
			n++
			if !structural[c] && !escaped {
				continue
			}
			switch {
			case escaped:
				escaped = false
			case quoted && c == '\\':
				escaped = true
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
			}
		}
		if whole = whole && len(s.buf)+n <= s.limits.SpanBytes; whole {
			s.buf = append(s.buf, chunk[:n]...)
		}
		_, _ = s.in.Discard(n)
	}
	return whole, nil
}

// scalar reads past a string, a number or a word up to the comma or bracket after it.
func (s *splitter) scalar() error {
	quoted, escaped := false, false
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return s.cut(err)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',' || c == ']':
			return s.in.UnreadByte()
		}
	}
}
