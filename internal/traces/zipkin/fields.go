package zipkin

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
)

// maxMicros is the largest timestamp or duration taken: 2^61 µs. It leaves room for sums of two, and is beyond nanoseconds
// sent by mistake, whose order and proportions still mean something.
const maxMicros = 1 << 61

// bytesOf reads any scalar as its text: a string's content, else the literal. Null is absent; lists and objects are
// their JSON.
func (p *parser) bytesOf() (text []byte, isString bool, err error) {
	raw, err := p.dec.ReadValue()
	switch {
	case err != nil || raw.Kind() == 'n':
		return nil, true, err
	case raw.Kind() == '"':
		return p.unquote(raw), true, nil
	}
	return raw, false, nil
}

// text reads a string; anything else but null is dropped as a repair.
func (p *parser) text() (string, error) {
	b, isString, err := p.bytesOf()
	if !isString {
		p.repaired = true
		return "", err
	}
	return string(b), err
}

// traceID is text that is mostly the last span's.
func (p *parser) traceID() (string, error) {
	b, isString, err := p.bytesOf()
	if !isString {
		p.repaired = true
		return "", err
	}
	if string(b) != p.trace {
		p.trace = string(b)
	}
	return p.trace, err
}

// known is text for strings that recur.
func (p *parser) known() (string, error) {
	b, isString, err := p.bytesOf()
	if !isString {
		p.repaired = true
		return "", err
	}
	return p.intern(b), err
}

func (p *parser) kind(s string) Kind {
	switch k := Kind(s); k {
	case "", Client, Server, Producer, Consumer:
		return k
	}
	p.repaired = true
	switch k := Kind(strings.ToUpper(s)); k {
	case Client, Server, Producer, Consumer:
		return k
	}
	return ""
}

// micros reads a time: a whole number of microseconds. Numbers in strings and fractions are mended, what is negative or
// beyond maxMicros is dropped or bounded.
func (p *parser) micros() (int64, error) {
	b, isString, err := p.bytesOf()
	if err != nil || len(b) == 0 {
		return 0, err
	}
	n, bad := strconv.ParseInt(string(b), 10, 64)
	if bad == nil && n >= 0 && n <= maxMicros {
		p.repaired = p.repaired || isString
		return n, nil
	}
	p.repaired = true
	f, bad := strconv.ParseFloat(string(b), 64)
	switch {
	case math.IsNaN(f) || f < 0 || bad != nil && !errors.Is(bad, strconv.ErrRange):
		return 0, nil
	case f >= maxMicros:
		return maxMicros, nil
	}
	return int64(f), nil
}

func (p *parser) boolean() (bool, error) {
	b, isString, err := p.bytesOf()
	text := string(b)
	if isString && text != "" || text != "" && text != "true" && text != "false" {
		p.repaired = true
	}
	return text == "true" || text == "1", err
}

func (p *parser) annotations() ([]Annotation, error) {
	var out []Annotation
	err := p.list(func() error {
		var a Annotation
		before := p.repaired
		if !p.expect('{') {
			p.repaired = true
			return p.dec.SkipValue()
		}
		err := p.object(func(name string) (err error) {
			switch name {
			case "timestamp":
				a.Timestamp, err = p.micros()
			case "value":
				a.Value, err = p.known()
			default:
				err = p.dec.SkipValue()
			}
			return err
		})
		p.repaired = before || p.repaired || a.Timestamp == 0 // an event without its moment
		out = append(out, a)
		return err
	})
	return out, err
}

// tags reads the map of tags. A value that is no string is kept as its JSON text.
func (p *parser) tags() (map[string]string, error) {
	var out map[string]string
	err := p.object(func(name string) error {
		if p.dec.PeekKind() == 'n' {
			p.repaired = true
		}
		b, isString, err := p.bytesOf()
		if !isString {
			p.repaired = true
			b = bytes.TrimSpace(b)
		}
		if out == nil {
			out = make(map[string]string, 8)
		}
		out[name] = p.intern(b)
		return err
	})
	return out, err
}
