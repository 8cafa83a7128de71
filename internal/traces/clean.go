package traces

import (
	"slices"
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// piece is one usable span as received, cleaned.
type piece struct {
	span     zipkin.Span
	position int    // in the list received
	id       uint64 // of the span
	bounded  bool
}

// Times beyond these are bounded, so that no sum of a few of them overflows: a start at 2^61 µs (nanoseconds sent by
// mistake are below it), a duration at 2^53 µs (285 years).
const (
	maxStart    = 1 << 61
	maxDuration = 1 << 53
)

// clean returns the usable spans, and the others with the reason why they are not.
func clean(list zipkin.List) ([]piece, []zipkin.Refusal) {
	positions := list.Positions()
	pieces := make([]piece, 0, len(list.Spans))
	var refused []zipkin.Refusal
	for i := range list.Spans {
		p, err := cleanSpan(&list.Spans[i])
		if err != "" {
			refused = append(refused, zipkin.Refusal{Index: positions[i], Reason: err})
			continue
		}
		p.position = positions[i]
		pieces = append(pieces, p)
	}
	return pieces, refused
}

func cleanSpan(in *zipkin.Span) (piece, string) {
	p := piece{span: *in}
	s := &p.span
	var err error
	if s.TraceID, err = zipkin.PadID(in.TraceID, 32); err != nil {
		return p, "traceId " + err.Error()
	}
	if s.ID, err = zipkin.PadID(in.ID, 16); err != nil {
		return p, "id " + err.Error()
	}
	p.id, _ = strconv.ParseUint(s.ID, 16, 64)
	if s.ParentID, err = zipkin.PadID(in.ParentID, 16); err != nil || s.ParentID == s.ID {
		s.ParentID = ""
	}
	switch s.Kind {
	case "", zipkin.Server:
	case zipkin.Client, zipkin.Producer, zipkin.Consumer:
		s.Shared = false // only a server shares its caller's id
	default:
		s.Kind = ""
	}
	if strings.EqualFold(s.Name, "unknown") {
		s.Name = ""
	}
	s.LocalEndpoint = cleanEndpoint(s.LocalEndpoint)
	s.RemoteEndpoint = cleanEndpoint(s.RemoteEndpoint)
	s.Annotations = cleanAnnotations(s.Annotations)
	start, duration := min(max(s.Timestamp, 0), maxStart), min(max(s.Duration, 0), maxDuration)
	p.bounded = s.Timestamp > start || s.Duration > duration
	s.Timestamp, s.Duration = start, duration
	return p, ""
}

// cleanEndpoint writes service names as Zipkin stores them. An empty endpoint is none.
func cleanEndpoint(e *zipkin.Endpoint) *zipkin.Endpoint {
	if e == nil {
		return nil
	}
	name := strings.ToLower(e.ServiceName)
	if name == "unknown" {
		name = ""
	}
	if name != e.ServiceName {
		renamed := *e
		renamed.ServiceName = name
		e = &renamed
	}
	if *e == (zipkin.Endpoint{}) {
		return nil
	}
	return e
}

// cleanAnnotations sorts by time and drops what is there twice.
func cleanAnnotations(in []zipkin.Annotation) []zipkin.Annotation {
	if len(in) < 2 {
		return in
	}
	out := slices.Clone(in)
	slices.SortFunc(out, func(a, b zipkin.Annotation) int {
		if a.Timestamp != b.Timestamp {
			return order(a.Timestamp, b.Timestamp)
		}
		return strings.Compare(a.Value, b.Value)
	})
	return slices.Compact(out)
}

func order(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func serviceOf(e *zipkin.Endpoint) string {
	if e == nil {
		return ""
	}
	return e.ServiceName
}

// addressOf is the endpoint's IP, or "".
func addressOf(e *zipkin.Endpoint) string {
	switch {
	case e == nil:
		return ""
	case e.IPv4 != "":
		return e.IPv4
	}
	return e.IPv6
}
