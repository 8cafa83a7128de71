package spans

import (
	"encoding/json"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/openzipkin/zipkin-go/model"

	"github.com/chaintui/chaintui/internal/link/trace"
)

// encoder writes spans in Zipkin's v2 JSON, as model.SpanModel's MarshalJSON does, without reflection. The endpoint
// of spans that have none of their own, and the tags that each of them carries, are encoded once.
type encoder struct {
	local []byte // ,"localEndpoint":{...}
	tags  []byte // "k":"v","k2":"v2", added to each span
}

func newEncoder(local *model.Endpoint, tags [][2]string) encoder {
	var e encoder
	if !local.Empty() {
		e.local = appendEndpoint([]byte(`,"localEndpoint":`), local)
	}
	for _, tag := range tags {
		if tag[1] == "" {
			continue
		}
		if len(e.tags) > 0 {
			e.tags = append(e.tags, ',')
		}
		e.tags = appendTag(e.tags, tag[0], tag[1])
	}
	return e
}

func (e encoder) append(b []byte, s *model.SpanModel) []byte {
	b = append(b, `{"traceId":"`...)
	if s.TraceID.High != 0 {
		b = trace.AppendHex(b, s.TraceID.High)
	}
	b = trace.AppendHex(b, s.TraceID.Low)
	if s.ParentID != nil {
		b = append(b, `","parentId":"`...)
		b = trace.AppendHex(b, uint64(*s.ParentID))
	}
	b = append(b, `","id":"`...)
	b = trace.AppendHex(b, uint64(s.ID))
	b = append(b, '"')
	if s.Kind != model.Undetermined {
		b = append(b, `,"kind":`...)
		b = appendString(b, string(s.Kind))
	}
	if s.Name != "" {
		b = append(b, `,"name":`...)
		b = appendString(b, strings.ToLower(s.Name))
	}
	if us := s.Timestamp.Round(time.Microsecond).UnixMicro(); !s.Timestamp.IsZero() && us > 0 {
		b = append(b, `,"timestamp":`...)
		b = strconv.AppendInt(b, us, 10)
	}
	if s.Duration > 0 { // at least 1 µs, as Zipkin wants a duration that is there to be positive
		b = append(b, `,"duration":`...)
		b = strconv.AppendInt(b, max(1, s.Duration.Round(time.Microsecond).Microseconds()), 10)
	}
	if s.Shared {
		b = append(b, `,"shared":true`...)
	}
	if s.Debug {
		b = append(b, `,"debug":true`...)
	}
	if s.LocalEndpoint.Empty() {
		b = append(b, e.local...)
	} else {
		b = appendEndpoint(append(b, `,"localEndpoint":`...), s.LocalEndpoint)
	}
	if !s.RemoteEndpoint.Empty() {
		b = appendEndpoint(append(b, `,"remoteEndpoint":`...), s.RemoteEndpoint)
	}
	b = appendAnnotations(b, s.Annotations)
	return append(e.appendTags(b, s.Tags), '}')
}

func (e encoder) appendTags(b []byte, tags map[string]string) []byte {
	if len(tags) == 0 && len(e.tags) == 0 {
		return b
	}
	b = append(b, `,"tags":{`...)
	b = append(b, e.tags...)
	comma := len(e.tags) > 0
	for k, v := range tags {
		if comma {
			b = append(b, ',')
		}
		comma = true
		b = appendTag(b, k, v)
	}
	return append(b, '}')
}

func appendAnnotations(b []byte, annotations []model.Annotation) []byte {
	for i, a := range annotations {
		if i == 0 {
			b = append(b, `,"annotations":[`...)
		} else {
			b = append(b, ',')
		}
		b = append(b, `{"timestamp":`...)
		b = strconv.AppendInt(b, a.Timestamp.Round(time.Microsecond).UnixMicro(), 10)
		b = append(b, `,"value":`...)
		b = append(appendString(b, a.Value), '}')
	}
	if len(annotations) > 0 {
		b = append(b, ']')
	}
	return b
}

func appendEndpoint(b []byte, e *model.Endpoint) []byte {
	b = append(b, '{')
	start := len(b)
	field := func(name string) {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), '"', ':')
	}
	if e.ServiceName != "" {
		field("serviceName")
		b = appendString(b, strings.ToLower(e.ServiceName))
	}
	for _, ip := range []struct {
		name string
		ip   net.IP
	}{{"ipv4", e.IPv4}, {"ipv6", e.IPv6}} {
		if len(ip.ip) > 0 {
			field(ip.name)
			b = appendString(b, ip.ip.String())
		}
	}
	if e.Port != 0 {
		field("port")
		b = strconv.AppendUint(b, uint64(e.Port), 10)
	}
	return append(b, '}')
}

func appendTag(b []byte, key, value string) []byte {
	return appendString(append(appendString(b, key), ':'), value)
}

// appendString appends a JSON string. What needs escaping, or is not ASCII, is left to encoding/json.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f || c == '<' || c == '>' || c == '&' {
			text, _ := json.Marshal(s) // a string always marshals
			return append(b, text...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}
