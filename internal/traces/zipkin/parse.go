package zipkin

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// parser turns one JSON object into a span. It is kept from span to span for its buffers and its table of known strings.
type parser struct {
	in        *bytes.Buffer
	dec       *jsontext.Decoder
	scratch   []byte
	strings   map[string]string // names and tag keys recur: one copy of each
	repaired  bool
	addresses map[string]address // as for strings
	trace     string             // the last span's trace id: most often the next one's, too
}

// internLimit bounds the table of known strings, internLength what is worth a place in it.
const (
	internLimit  = 10_000
	internLength = 64
)

func newParser() *parser {
	return &parser{in: &bytes.Buffer{}, dec: new(jsontext.Decoder), strings: map[string]string{}, addresses: map[string]address{}}
}

// span decodes raw. repaired says that a field was mended or dropped; an error says why it can't be a span.
func (p *parser) span(raw []byte) (s Span, repaired bool, err error) {
	*p.in = *bytes.NewBuffer(raw)
	p.dec.Reset(p.in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	p.repaired = false
	var trace, id string
	err = p.object(func(name string) error {
		switch name {
		case "traceId":
			trace, err = p.traceID()
		case "id":
			id, err = p.text()
		case "parentId":
			s.ParentID, err = p.text()
		case "kind":
			var kind string
			kind, err = p.known()
			s.Kind = p.kind(kind)
		case "name":
			s.Name, err = p.known()
		case "timestamp":
			s.Timestamp, err = p.micros()
		case "duration":
			s.Duration, err = p.micros()
		case "localEndpoint":
			s.LocalEndpoint, err = p.endpoint()
		case "remoteEndpoint":
			s.RemoteEndpoint, err = p.endpoint()
		case "annotations":
			s.Annotations, err = p.annotations()
		case "tags":
			s.Tags, err = p.tags()
		case "debug":
			s.Debug, err = p.boolean()
		case "shared":
			s.Shared, err = p.boolean()
		default:
			err = p.dec.SkipValue()
		}
		return err
	})
	if err != nil {
		return s, false, syntax(err)
	}
	if s.TraceID, err = p.id(trace, 32); err != nil {
		return s, false, fmt.Errorf("traceId %w", err)
	}
	if s.ID, err = p.id(id, 16); err != nil {
		return s, false, fmt.Errorf("id %w", err)
	}
	s.ParentID = p.parent(s.ParentID)
	return s, p.repaired, nil
}

func syntax(err error) error {
	var bad *jsontext.SyntacticError
	if errors.As(err, &bad) {
		return fmt.Errorf("broken JSON at byte %d", bad.ByteOffset)
	}
	return fmt.Errorf("broken JSON: %w", err)
}

// object reads an object and calls field at each value. A value of another kind is skipped and counts as a repair,
// except null, which means absent.
func (p *parser) object(field func(name string) error) error {
	if !p.expect('{') {
		return p.dec.SkipValue()
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() != '}' {
		raw, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		if err := field(p.intern(p.unquote(raw))); err != nil {
			return err
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

// list reads a list and calls item at each element; a value of another kind is treated as in object.
func (p *parser) list(item func() error) error {
	if !p.expect('[') {
		return p.dec.SkipValue()
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() != ']' {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

// expect says that the next value is of that kind; another one that is not null is noted as a repair.
func (p *parser) expect(kind jsontext.Kind) bool {
	next := p.dec.PeekKind()
	if next == kind {
		return true
	}
	if next != 'n' {
		p.repaired = true
	}
	return false
}

func (p *parser) unquote(raw jsontext.Value) []byte {
	if bytes.IndexByte(raw, '\\') < 0 && len(raw) >= 2 {
		return raw[1 : len(raw)-1]
	}
	p.scratch, _ = jsontext.AppendUnquote(p.scratch[:0], raw)
	return p.scratch
}

func (p *parser) intern(b []byte) string {
	if len(b) > internLength {
		return string(b)
	}
	if s, ok := p.strings[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(p.strings) < internLimit {
		p.strings[s] = s
	}
	return s
}
