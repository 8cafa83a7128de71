// Package wire reads and writes spans the way Zipkin's own server does: the same normalisation, the same refusals, word
// for word, and the same JSON. It is strict; the client side of chaintui has a tolerant decoder of its own.
package wire

// Kind is the role of a span, in the order of Zipkin's protobuf enum.
type Kind uint8

// The kinds of zipkin2.Span.Kind. KindNone is a local span.
const (
	KindNone Kind = iota
	KindClient
	KindServer
	KindProducer
	KindConsumer
)

var kindNames = [...]string{"", "CLIENT", "SERVER", "PRODUCER", "CONSUMER"}

// String is the kind's name on the wire, empty for KindNone.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// TraceID is a trace's id; High is 0 for an id of 64 bits.
type TraceID struct{ High, Low uint64 }

// Endpoint is one side of a call, normalised: the name in lower case, the addresses parsed, a port of 0 when unknown.
type Endpoint struct {
	Service, IPv4, IPv6 string
	Port                uint16
}

// Annotation is an event; Timestamp is in microseconds since the Unix epoch, as sent (it may be negative).
type Annotation struct {
	Timestamp int64
	Value     string
}

// Tag is one key and value; a Span holds each key once, sorted as Java sorts strings.
type Tag struct{ Key, Value string }

// Span is one normalised span. After decoding, its strings point into the decoded message: who keeps a span copies them.
type Span struct {
	Trace         TraceID
	ID, Parent    uint64 // Parent is 0 at a root
	Kind          Kind
	Debug, Shared bool
	Timestamp     int64 // microseconds since the Unix epoch, 0 when absent
	Duration      int64 // microseconds, 0 when absent
	Name          string
	Local, Remote Endpoint // the zero Endpoint is none
	Annotations   []Annotation
	Tags          []Tag
}

// finish applies the rules that need the whole span: no span is its own parent, a client does not share its id,
// annotations and tags are sorted and unique (of a repeated tag the last wins).
func (s *Span) finish() {
	if s.Parent == s.ID {
		s.Parent = 0
	}
	if s.Kind == KindClient {
		s.Shared = false
	}
	s.Annotations = sortAnnotations(s.Annotations)
	s.Tags = sortTags(s.Tags)
}
