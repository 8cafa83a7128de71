// Package zipkin is the wire: the span model of Zipkin's v2 API, a decoder that survives bad spans, and a client.
package zipkin

// Kind is the role of a span's side in a call. The empty kind is a local span, or a late piece of a remote one.
type Kind string

// The kinds of Zipkin's v2 model (zipkin2.Span.Kind).
const (
	Client   Kind = "CLIENT"
	Server   Kind = "SERVER"
	Producer Kind = "PRODUCER"
	Consumer Kind = "CONSUMER"
)

// Endpoint is one side of a call. All fields may be empty; an endpoint with all fields empty is none at all.
type Endpoint struct {
	ServiceName string `json:"serviceName,omitempty"` // lower case, as Zipkin stores it
	IPv4        string `json:"ipv4,omitempty"`
	IPv6        string `json:"ipv6,omitempty"`
	Port        int    `json:"port,omitempty"` // 0 when unknown
}

// Annotation is an event at a moment of a span.
type Annotation struct {
	Timestamp int64  `json:"timestamp"` // microseconds since the Unix epoch
	Value     string `json:"value"`
}

// Span is one half of a call (or a piece of one) as a server sent it, in Zipkin's v2 model.
type Span struct {
	TraceID        string            `json:"traceId"`            // 16 or 32 lower-hex digits
	ParentID       string            `json:"parentId,omitempty"` // 16 lower-hex digits, empty at the root
	ID             string            `json:"id"`                 // 16 lower-hex digits
	Kind           Kind              `json:"kind,omitempty"`
	Name           string            `json:"name,omitempty"`      // lower case, as Zipkin stores it
	Timestamp      int64             `json:"timestamp,omitempty"` // microseconds since the Unix epoch, 0 when absent
	Duration       int64             `json:"duration,omitempty"`  // microseconds, 0 when absent
	LocalEndpoint  *Endpoint         `json:"localEndpoint,omitempty"`
	RemoteEndpoint *Endpoint         `json:"remoteEndpoint,omitempty"`
	Annotations    []Annotation      `json:"annotations,omitempty"`
	Tags           map[string]string `json:"tags,omitempty"`
	Debug          bool              `json:"debug,omitempty"`
	Shared         bool              `json:"shared,omitempty"` // a server half that kept its client's id
}
