package collector

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/collector/store"
	"github.com/chaintui/chaintui/internal/collector/wire"
)

const (
	defaultLimit    = 10
	defaultLookback = 24 * 60 * 60 * 1000 // milliseconds
)

// parameters reads query parameters in order; the first error stays, in Zipkin's words.
type parameters struct {
	values url.Values
	err    error
}

func (p *parameters) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// text is a parameter that must be there.
func (p *parameters) text(name string) string {
	if !p.values.Has(name) {
		p.fail(wire.Refusal("Mandatory parameter/header/attribute is missing: " + name))
	}
	return p.values.Get(name)
}

// integer is a number; an empty one counts as absent.
func (p *parameters) integer(name string, fallback int64) int64 {
	if p.values.Get(name) == "" {
		return fallback
	}
	return p.parse(name, 64)
}

// primitive is a number of the given bits that has no value for empty; without fallback it must be there.
func (p *parameters) primitive(name string, bits int, fallback *int64) int64 {
	switch text := p.values.Get(name); {
	case text != "":
		return p.parse(name, bits)
	case p.values.Has(name):
		p.fail(wire.Refusal("Cannot set null to primitive type parameter: " + name))
		return 0
	case fallback != nil:
		return *fallback
	}
	p.text(name)
	return 0
}

func (p *parameters) parse(name string, bits int) int64 {
	text := p.values.Get(name)
	v, err := strconv.ParseInt(text, 10, bits)
	if err != nil {
		p.fail(wire.Refusal(`For input string: "` + text + `"`))
	}
	return v
}

// parseQuery reads the parameters of a search; now is its default end.
func parseQuery(values url.Values, now time.Time) (store.Query, error) {
	p := parameters{values: values}
	limit := int64(defaultLimit)
	q := store.Query{
		Service:       wire.Lower(values.Get("serviceName")),
		RemoteService: wire.Lower(values.Get("remoteServiceName")),
		SpanName:      wire.Lower(values.Get("spanName")),
		Terms:         parseTerms(values.Get("annotationQuery")),
		MinDuration:   p.integer("minDuration", 0),
		MaxDuration:   p.integer("maxDuration", 0),
		EndTs:         p.integer("endTs", now.UnixMilli()),
		Lookback:      p.integer("lookback", defaultLookback),
		Limit:         int(p.primitive("limit", 32, &limit)),
	}
	if q.SpanName == "all" {
		q.SpanName = ""
	}
	switch hasMin, hasMax := values.Get("minDuration") != "", values.Get("maxDuration") != ""; {
	case p.err != nil:
	case q.EndTs <= 0:
		p.fail(wire.Refusal("endTs <= 0"))
	case q.Limit <= 0:
		p.fail(wire.Refusal("limit <= 0"))
	case q.Lookback <= 0:
		p.fail(wire.Refusal("lookback <= 0"))
	case hasMin && q.MinDuration <= 0:
		p.fail(wire.Refusal("minDuration <= 0"))
	case hasMin && hasMax && q.MaxDuration < q.MinDuration:
		p.fail(wire.Refusal("maxDuration < minDuration"))
	case hasMax && !hasMin:
		p.fail(wire.Refusal("maxDuration is only valid with minDuration"))
	}
	return q, p.err
}

const maxTerms = 100 // what follows the 99th " and " belongs to the last term

// parseTerms splits "a and b=c". Of a key with several values the last wins, and a bare key does not replace one.
func parseTerms(query string) []store.Term {
	if query == "" {
		return nil
	}
	var terms []store.Term
	for _, text := range strings.SplitN(query, " and ", maxTerms) {
		key, value, isTag := strings.Cut(text, "=")
		term := store.Term{Key: javaTrim(key), Value: javaTrim(value)}
		known := false
		for i := range terms {
			if terms[i].Key == term.Key {
				known = true
				if isTag {
					terms[i] = term
				}
			}
		}
		if !known {
			terms = append(terms, term)
		}
	}
	return terms
}

// javaTrim is Java's String.trim: it takes off everything up to the space character, and no wider space.
func javaTrim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
}
