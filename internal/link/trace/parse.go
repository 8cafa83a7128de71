package trace

import (
	"net/http"

	"github.com/openzipkin/zipkin-go/model"
)

// Decisions are shared, so that a request allocates none.
var yes, no = true, false

// parseB3 reads the single header: {trace id}-{span id}[-{decision}[-{parent id}]], or a decision alone. zipkin-go's
// own parser panics on a header of 34 to 64 characters without a dash at the 17th.
func parseB3(s string) (sc model.SpanContext, ok bool) {
	if len(s) == 1 {
		ok = decide(&sc, s)
		return sc, ok
	}
	id := 16
	if len(s) > 32 && s[16] != '-' {
		id = 32
	}
	if len(s) < id+1+16 || s[id] != '-' {
		return sc, false
	}
	var idOK, spanOK bool
	sc.TraceID, idOK = traceID(s[:id])
	sc.ID, spanOK = spanID(s[id+1 : id+17])
	if !idOK || !spanOK {
		return model.SpanContext{}, false
	}
	rest := s[id+17:]
	if rest == "" {
		return sc, true
	}
	if len(rest) < 2 || rest[0] != '-' || !decide(&sc, rest[1:2]) {
		return model.SpanContext{}, false
	}
	if rest = rest[2:]; rest == "" {
		return sc, true
	}
	if len(rest) != 17 || rest[0] != '-' {
		return model.SpanContext{}, false
	}
	parent, ok := spanID(rest[1:])
	if !ok {
		return model.SpanContext{}, false
	}
	sc.ParentID = &parent
	return sc, true
}

func decide(sc *model.SpanContext, s string) bool {
	switch s {
	case "1":
		sc.Sampled = &yes
	case "0":
		sc.Sampled = &no
	case "d":
		sc.Debug = true
	default:
		return false
	}
	return true
}

// multiB3 reads the X-B3 headers. "true" and "false" are an older spelling of the decision.
func multiB3(h http.Header) (sc model.SpanContext) {
	switch first(h, b3Sampled) {
	case sampledTrue, "true":
		sc.Sampled = &yes
	case sampledFalse, "false":
		sc.Sampled = &no
	}
	if first(h, b3Flags) == "1" {
		sc.Debug, sc.Sampled = true, nil
	}
	trace, idOK := traceID(first(h, b3TraceID))
	span, spanOK := spanID(first(h, b3SpanID))
	if !idOK || !spanOK {
		return sc
	}
	sc.TraceID, sc.ID = trace, span
	if parent, ok := spanID(first(h, b3ParentID)); ok {
		sc.ParentID = &parent
	}
	return sc
}

// parseTraceparent reads {version}-{trace id}-{parent id}-{flags}. Versions above 00 may add fields, ff is invalid,
// and a sampled flag that is off is a decision: the caller did not record.
func parseTraceparent(s string) (sc model.SpanContext, ok bool) {
	const size = 2 + 1 + 32 + 1 + 16 + 1 + 2
	if len(s) < size || s[2] != '-' || s[35] != '-' || s[52] != '-' {
		return sc, false
	}
	version, versionOK := hex(s[:2])
	if !versionOK || version == 0xff || (version == 0 && len(s) != size) || (len(s) > size && s[size] != '-') {
		return sc, false
	}
	flags, flagsOK := hex(s[53:55])
	trace, idOK := traceID(s[3:35])
	span, spanOK := spanID(s[36:52])
	if !flagsOK || !idOK || !spanOK {
		return sc, false
	}
	sc.TraceID, sc.ID, sc.Sampled = trace, span, &no
	if flags&1 == 1 {
		sc.Sampled = &yes
	}
	return sc, true
}

// traceID reads 1 to 32 hex digits; 64-bit ids keep their high half empty. All zeros is invalid.
func traceID(s string) (id model.TraceID, ok bool) {
	if len(s) > 32 {
		return id, false
	}
	if len(s) > 16 {
		if id.High, ok = hex(s[:len(s)-16]); !ok {
			return model.TraceID{}, false
		}
		s = s[len(s)-16:]
	}
	if id.Low, ok = hex(s); !ok {
		return model.TraceID{}, false
	}
	return id, !id.Empty()
}

// spanID reads 1 to 16 hex digits, not all zeros.
func spanID(s string) (model.ID, bool) {
	v, ok := hex(s)
	return model.ID(v), ok && v != 0
}

// hex reads 1 to 16 hex digits of either case, without strconv's signs, prefixes and underscores.
func hex(s string) (v uint64, ok bool) {
	if len(s) == 0 || len(s) > 16 {
		return 0, false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		v = v<<4 | uint64(c)
	}
	return v, true
}
