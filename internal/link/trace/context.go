// Package trace reads and writes the headers by which a request carries its trace from hop to hop: B3 in both its forms
// (github.com/openzipkin/b3-propagation) and W3C Trace Context (www.w3.org/TR/trace-context).
package trace

import (
	"net/http"

	"github.com/openzipkin/zipkin-go/model"
)

// Header names in the canonical form in which net/http keeps them.
const (
	b3Single     = "B3"
	b3TraceID    = "X-B3-Traceid"
	b3SpanID     = "X-B3-Spanid"
	b3ParentID   = "X-B3-Parentspanid"
	b3Sampled    = "X-B3-Sampled"
	b3Flags      = "X-B3-Flags"
	traceparent  = "Traceparent"
	tracestate   = "Tracestate"
	baggage      = "Baggage"
	xRequestID   = "X-Request-Id"
	sampledTrue  = "1"
	sampledFalse = "0"
)

// Incoming is what a request says of its trace. The context is empty (no trace id) when it says nothing usable; its
// sampling decision may still be there.
type Incoming struct {
	model.SpanContext
	// Shared tells that the caller's span id is to be shared by our server span, as Zipkin's instrumentation does with
	// B3. A W3C caller's id is the parent of a span of our own instead: its own backend expects ids to be unique.
	Shared bool
}

// Extract reads the trace that a request belongs to. Single-header B3 wins over its multi-header form, as that
// specification says, and B3 over traceparent, because the collector is Zipkin's. Of broken headers the next best is
// used. A decision without ids ("b3: 0", or X-B3-Sampled or X-B3-Flags alone) holds for the ids of the next best too.
func Extract(h http.Header) Incoming {
	single, ok := parseB3(first(h, b3Single))
	if ok && !single.TraceID.Empty() {
		return Incoming{SpanContext: single, Shared: true}
	}
	multi := multiB3(h)
	if ok { // a decision alone
		multi.Sampled, multi.Debug = single.Sampled, single.Debug
	}
	if !multi.TraceID.Empty() {
		return Incoming{SpanContext: multi, Shared: true}
	}
	sc, _ := parseTraceparent(first(h, traceparent))
	if multi.Debug || multi.Sampled != nil {
		sc.Sampled, sc.Debug = multi.Sampled, multi.Debug
	}
	return Incoming{SpanContext: sc}
}

func first(h http.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}
