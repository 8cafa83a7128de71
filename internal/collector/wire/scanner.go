package wire

import (
	"strconv"
	"strings"
)

// scanner reads JSON as Gson 2 does by default, because Zipkin's refusals quote it: which texts are malformed, how a
// number may stand for a string and the other way round, and where an error is. It works on the whole text; strings
// without escapes are parts of it. The first error stays.
type scanner struct {
	text  string
	pos   int
	err   error
	open  []scope
	saved []byte // room for strings that had escapes

	// The path to where the scanner is, by depth. As in Gson, what it skips leaves these as an earlier value of the
	// same depth did.
	names   [maxDepth]string // the latest member's name, in an object
	indices [maxDepth]int    // values taken, in an array
}

// scope is an open object or array.
type scope struct {
	object bool
	begun  bool // a first member or element was met
}

const maxDepth = 255 // Gson's default

type token uint8

const (
	tokenEnd token = iota // the end of the text
	tokenBad
	tokenObject
	tokenArray
	tokenString
	tokenNumber
	tokenBoolean
	tokenNull
)

var tokenNames = [...]string{tokenObject: "BEGIN_OBJECT", tokenArray: "BEGIN_ARRAY", tokenString: "STRING",
	tokenNumber: "NUMBER", tokenBoolean: "BOOLEAN", tokenNull: "NULL"}

const malformed = Refusal("Malformed")

func (s *scanner) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *scanner) malformed() { s.fail(malformed) }

// unexpected is Gson's complaint about a value of another type. Where it would have begun an object or array, Zipkin
// says just "Malformed".
func (s *scanner) unexpected(want string, got token) {
	switch got {
	case tokenBad:
		s.malformed()
		return
	case tokenEnd:
		s.endOfInput()
		return
	case tokenObject, tokenArray, tokenString:
		s.pos++
	case tokenBoolean, tokenNull:
		s.pos += len(s.literal())
	case tokenNumber:
		if text, integer := s.number(); integer {
			s.pos += len(text)
		}
	}
	page := "unexpected-json-structure"
	if got == tokenNull {
		page = "adapter-not-null-safe"
	}
	s.fail(refusef("Expected %s but was %s%s\nSee https://github.com/google/gson/blob/main/Troubleshooting.md#%s",
		want, tokenNames[got], s.where(), page))
}

func (s *scanner) endOfInput() {
	s.pos = len(s.text)
	s.fail(Refusal("End of input" + s.where()))
}

// where is the position and path of an error as Gson words them.
func (s *scanner) where() string {
	read := s.text[:min(s.pos, len(s.text))]
	line := strings.Count(read, "\n") + 1
	column := javaLength(read[strings.LastIndexByte(read, '\n')+1:]) + 1
	return " at line " + strconv.Itoa(line) + " column " + strconv.Itoa(column) + " path " + s.path()
}

func (s *scanner) path() string {
	path := "$"
	for depth, in := range s.open {
		if in.object {
			path += "." + s.names[depth]
		} else {
			path += "[" + strconv.Itoa(s.indices[depth]) + "]"
		}
	}
	return path
}

// space skips white space; it returns the next byte. At the end of the text that is 0, which can also be in the text.
func (s *scanner) space() byte {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// peek tells what value comes next without taking it.
func (s *scanner) peek() token {
	switch c := s.space(); {
	case s.pos >= len(s.text):
		return tokenEnd
	case c == '"':
		return tokenString
	case c == '{':
		return tokenObject
	case c == '[':
		return tokenArray
	case c == '-' || c >= '0' && c <= '9':
		if text, _ := s.number(); text != "" {
			return tokenNumber
		}
	default:
		switch word := s.literal(); {
		case strings.EqualFold(word, "null"):
			return tokenNull
		case strings.EqualFold(word, "true"), strings.EqualFold(word, "false"):
			return tokenBoolean
		}
	}
	return tokenBad
}

// literal is the unquoted word ahead.
func (s *scanner) literal() string {
	end := s.pos
	for end < len(s.text) && !strings.ContainsRune("/\\;#={}[]:, \t\f\r\n", rune(s.text[end])) {
		end++
	}
	return s.text[s.pos:end]
}

// number is the JSON number ahead, empty when there is none, and whether it is an integer that fits 64 bits.
func (s *scanner) number() (text string, integer bool) {
	text = s.literal()
	rest := strings.TrimPrefix(text, "-")
	digits := func() int {
		n := 0
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		rest = rest[n:]
		return n
	}
	zero := strings.HasPrefix(rest, "0")
	n := digits()
	if n == 0 || zero && n > 1 {
		return "", false
	}
	if rest == "" {
		_, err := strconv.ParseInt(text, 10, 64)
		return text, err == nil && text != "-0"
	}
	if rest[0] == '.' {
		rest = rest[1:]
		if digits() == 0 {
			return "", false
		}
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		rest = rest[1:]
		if rest != "" && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		if digits() == 0 {
			return "", false
		}
	}
	if rest != "" {
		return "", false
	}
	return text, false
}
