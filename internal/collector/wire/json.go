package wire

import (
	"bytes"
	"unsafe"
)

// DecodeJSON reads a list in Zipkin's JSON v2. One bad span refuses the whole list; the error is the sentence that
// Zipkin answers with. The spans point into body, which must not change while they are in use.
func DecodeJSON(body []byte) ([]Span, error) {
	if err := checkList(body, "JSON_V2"); err != nil || len(body) == 0 {
		return nil, err
	}
	if bytes.Contains(body, []byte(`yAnnotations"`)) {
		return nil, Refusal("Expected a JSON_V2 encoded list, but received: JSON_V1\n")
	}
	d := jsonDecoder{scanner: scanner{text: unsafe.String(unsafe.SliceData(body), len(body)), open: make([]scope, 0, 8)}}
	spans := make([]Span, 0, len(body)/400+1)
	if d.begin(false) {
		for d.more() {
			spans = append(spans, Span{})
			d.span(&spans[len(spans)-1])
		}
	}
	if d.err != nil {
		return nil, Refusal(d.err.Error() + " reading List<Span> from json")
	}
	return spans, nil
}

// checkList refuses what is no list in any encoding, by its first bytes. No bytes are an empty list.
func checkList(body []byte, encoding string) error {
	protobuf := len(body) > 1 && body[0] == 10 && body[1] != 0
	if len(body) == 0 || body[0] == '[' || body[0] == 11 || body[0] == 12 || protobuf {
		return nil
	}
	return Refusal("Expected a " + encoding + " encoded list\n")
}

// jsonDecoder reads spans; tags and annotations of many spans share their memory.
type jsonDecoder struct {
	scanner
	tags        []Tag
	annotations []Annotation
}

func (d *jsonDecoder) span(span *Span) {
	if !d.begin(true) {
		return
	}
	var hasTrace, hasID bool
	var err error
	for d.more() {
		name := d.name()
		if d.err != nil {
			return
		}
		switch name {
		case "traceId":
			if text := d.string(); d.err == nil {
				span.Trace, err = ParseTraceID(text)
				hasTrace = true
			}
		case "id":
			if text := d.string(); d.err == nil {
				span.ID, err = parseSpanID("id", text)
				hasID = true
			}
		default:
			if !d.skipNull() {
				err = d.optional(name, span)
			}
		}
		if err != nil {
			d.fail(err)
		}
	}
	if d.err != nil {
		return
	}
	d.end()
	switch {
	case !hasTrace && !hasID:
		d.fail(Refusal("Missing : traceId id"))
	case !hasTrace:
		d.fail(Refusal("Missing : traceId"))
	case !hasID:
		d.fail(Refusal("Missing : id"))
	}
	span.finish()
}

func (d *jsonDecoder) optional(name string, span *Span) (err error) {
	switch name {
	case "parentId":
		if text := d.string(); d.err == nil {
			span.Parent, err = parseSpanID("parentId", text)
		}
	case "kind":
		if text := d.string(); d.err == nil {
			span.Kind, err = parseKind(text)
		}
	case "name":
		span.Name = Lower(d.string())
	case "timestamp":
		span.Timestamp = max(0, d.long())
	case "duration":
		span.Duration = max(0, d.long())
	case "localEndpoint":
		span.Local = Endpoint{}
		err = d.endpoint(&span.Local)
	case "remoteEndpoint":
		span.Remote = Endpoint{}
		err = d.endpoint(&span.Remote)
	case "annotations":
		d.spanAnnotations(span)
	case "tags":
		d.spanTags(span)
	case "debug":
		span.Debug = d.bool() || span.Debug
	case "shared":
		span.Shared = d.bool() || span.Shared
	default:
		d.skip()
	}
	return err
}

func parseKind(text string) (Kind, error) {
	for kind := KindClient; kind <= KindConsumer; kind++ {
		if kindNames[kind] == text {
			return kind, nil
		}
	}
	return KindNone, Refusal("No enum constant zipkin2.Span.Kind." + text)
}
