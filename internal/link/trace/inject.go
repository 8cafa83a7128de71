package trace

import (
	"net/http"

	"github.com/openzipkin/zipkin-go/model"
)

// Inject writes the context into the headers of a call: B3's multi-header form, which every Zipkin instrumentation and
// mesh reads and replaces as one, and traceparent, for links that know no B3. It allocates twice, whatever it writes.
func Inject(h http.Header, sc model.SpanContext) {
	// One string holds all ids: "00-<32>-<16>-01<parent 16>", of which the headers are slices.
	var text [71]byte
	b := append(text[:0], "00-"...)
	b = AppendHex(b, sc.TraceID.High)
	b = AppendHex(b, sc.TraceID.Low)
	b = append(b, '-')
	b = AppendHex(b, uint64(sc.ID))
	if sampled := sc.Debug || (sc.Sampled != nil && *sc.Sampled); sampled {
		b = append(b, "-01"...)
	} else {
		b = append(b, "-00"...)
	}
	if sc.ParentID != nil {
		b = AppendHex(b, uint64(*sc.ParentID))
	}
	all := string(b)
	trace := all[3:35]
	if sc.TraceID.High == 0 { // a caller's 64-bit id goes on as it came
		trace = all[19:35]
	}
	values := []string{all[:55], trace, all[36:52], ""}
	h[traceparent], h[b3TraceID], h[b3SpanID] = values[0:1:1], values[1:2:2], values[2:3:3]
	if sc.ParentID != nil {
		values[3] = all[55:71]
		h[b3ParentID] = values[3:4:4]
	}
	switch {
	case sc.Debug:
		h[b3Flags] = isOne
	case sc.Sampled != nil && *sc.Sampled:
		h[b3Sampled] = isOne
	case sc.Sampled != nil:
		h[b3Sampled] = isZero
	}
}

var isOne, isZero = []string{sampledTrue}, []string{sampledFalse}

// PassOn copies what travels with a trace but is not ours to read: vendors' tracestate, baggage and the request id of
// a mesh.
func PassOn(to, from http.Header) {
	for _, key := range [...]string{tracestate, baggage, xRequestID} {
		if v, ok := from[key]; ok {
			to[key] = v
		}
	}
}

// PassThrough copies all trace headers untouched: a link that reports no spans takes no part in traces, and breaks none.
func PassThrough(to, from http.Header) {
	for _, key := range [...]string{b3Single, b3TraceID, b3SpanID, b3ParentID, b3Sampled, b3Flags, traceparent} {
		if v, ok := from[key]; ok {
			to[key] = v
		}
	}
	PassOn(to, from)
}

// AppendHex appends the 16 lower-case hex digits of an id.
func AppendHex(b []byte, v uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, digits[v>>shift&0xf])
	}
	return b
}
