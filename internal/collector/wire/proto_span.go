package wire

// The keys of Zipkin's zipkin.proto: a field's number and wire type.
const (
	keySpanTrace       = 1<<3 | wireBytes
	keySpanParent      = 2<<3 | wireBytes
	keySpanID          = 3<<3 | wireBytes
	keySpanKind        = 4<<3 | wireVarint
	keySpanName        = 5<<3 | wireBytes
	keySpanTimestamp   = 6<<3 | wireFixed64
	keySpanDuration    = 7<<3 | wireVarint
	keySpanLocal       = 8<<3 | wireBytes
	keySpanRemote      = 9<<3 | wireBytes
	keySpanAnnotations = 10<<3 | wireBytes
	keySpanTags        = 11<<3 | wireBytes
	keySpanDebug       = 12<<3 | wireVarint
	keySpanShared      = 13<<3 | wireVarint

	keyEndpointService = 1<<3 | wireBytes
	keyEndpointIPv4    = 2<<3 | wireBytes
	keyEndpointIPv6    = 3<<3 | wireBytes
	keyEndpointPort    = 4<<3 | wireVarint

	keyAnnotationTimestamp = 1<<3 | wireFixed64
	keyAnnotationValue     = 2<<3 | wireBytes

	keyTagKey   = 1<<3 | wireBytes
	keyTagValue = 2<<3 | wireBytes
)

// DecodeProto reads a list in Zipkin's protobuf encoding. It refuses as DecodeJSON does, and points into body too.
func DecodeProto(body []byte) ([]Span, error) {
	if err := checkList(body, "PROTO3"); err != nil {
		return nil, err
	}
	d := protoDecoder{protoReader{body: body}}
	var spans []Span
	for d.err == nil && d.pos < len(body) {
		d.varint32() // the key, whatever it is
		spans = append(spans, Span{})
		if d.span(&spans[len(spans)-1]) {
			spans = spans[:len(spans)-1]
			break
		}
	}
	if d.err != nil {
		return nil, Refusal(d.err.Error() + " reading List<Span> from proto3")
	}
	return spans, nil
}

type protoDecoder struct{ protoReader }

// span takes one span; empty means that the message ahead has no bytes, which ends the list.
func (d *protoDecoder) span(span *Span) (empty bool) {
	var trace, id string
	empty = d.message(func(key int32) {
		var err error
		switch key {
		case keySpanTrace:
			if trace = d.id(); trace == "" {
				err = Refusal("traceId == null")
			} else if d.err == nil {
				span.Trace, err = ParseTraceID(trace)
			}
		case keySpanParent:
			span.Parent = 0
			if text := d.id(); text != "" && d.err == nil {
				span.Parent, err = parseSpanID("parentId", text)
			}
		case keySpanID:
			if id = d.id(); id == "" {
				err = Refusal("id == null")
			} else if d.err == nil {
				span.ID, err = parseSpanID("id", id)
			}
		case keySpanKind:
			if kind := d.varint32(); kind > 0 && kind <= int32(KindConsumer) {
				span.Kind = Kind(kind)
			}
		case keySpanName:
			span.Name = Lower(d.string())
		case keySpanTimestamp:
			span.Timestamp = max(0, d.fixed64())
		case keySpanDuration:
			span.Duration = max(0, d.varint64())
		case keySpanLocal:
			span.Local = d.endpoint()
		case keySpanRemote:
			span.Remote = d.endpoint()
		case keySpanAnnotations:
			d.annotation(span)
		case keySpanTags:
			d.tag(span)
		case keySpanDebug:
			span.Debug = d.bool() || span.Debug
		case keySpanShared:
			span.Shared = d.bool() || span.Shared
		default:
			d.skip(key)
		}
		if err != nil {
			d.fail(err)
		}
	})
	if d.err != nil || empty {
		return empty
	}
	switch {
	case trace == "" && id == "":
		d.fail(Refusal("Missing : traceId id"))
	case trace == "":
		d.fail(Refusal("Missing : traceId"))
	case id == "":
		d.fail(Refusal("Missing : id"))
	}
	span.finish()
	return false
}

func (d *protoDecoder) endpoint() (endpoint Endpoint) {
	d.message(func(key int32) {
		switch key {
		case keyEndpointService:
			endpoint.Service = Lower(d.string())
		case keyEndpointIPv4, keyEndpointIPv6:
			endpoint.setIPBytes(d.bytes())
		case keyEndpointPort:
			port, err := checkPort(int(d.varint32()))
			if err != nil {
				d.fail(err)
			}
			endpoint.Port = port
		default:
			d.skip(key)
		}
	})
	return endpoint
}

// annotation leaves out one without timestamp or value, as Zipkin does.
func (d *protoDecoder) annotation(span *Span) {
	var a Annotation
	d.message(func(key int32) {
		switch key {
		case keyAnnotationTimestamp:
			a.Timestamp = d.fixed64()
		case keyAnnotationValue:
			a.Value = d.string()
		default:
			d.skip(key)
		}
	})
	if a.Timestamp != 0 && a.Value != "" {
		span.Annotations = append(span.Annotations, a)
	}
}

// tag leaves out one without key; its value may be empty.
func (d *protoDecoder) tag(span *Span) {
	var t Tag
	d.message(func(key int32) {
		switch key {
		case keyTagKey:
			t.Key = d.string()
		case keyTagValue:
			t.Value = d.string()
		default:
			d.skip(key)
		}
	})
	if t.Key != "" {
		span.Tags = append(span.Tags, t)
	}
}
