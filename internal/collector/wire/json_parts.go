package wire

import (
	"strconv"
)

func (d *jsonDecoder) endpoint(endpoint *Endpoint) error {
	if !d.begin(true) {
		return nil
	}
	for d.more() {
		name := d.name()
		if d.err != nil || d.skipNull() {
			continue
		}
		switch name {
		case "serviceName":
			endpoint.Service = Lower(d.string())
		case "ipv4", "ipv6":
			endpoint.setIP(d.string())
		case "port":
			port, err := checkPort(d.int())
			if err != nil {
				return err
			}
			endpoint.Port = port
		default:
			d.skip()
		}
	}
	if d.err == nil {
		d.end()
	}
	return nil
}

func checkPort(port int) (uint16, error) {
	if port > 0xffff {
		return 0, Refusal("invalid port " + strconv.Itoa(port))
	}
	return uint16(max(0, port)), nil
}

func (d *jsonDecoder) spanAnnotations(span *Span) {
	if !d.begin(false) {
		return
	}
	start := len(d.annotations)
	d.annotations = append(d.annotations, span.Annotations...)
	for d.more() {
		if !d.begin(true) {
			return
		}
		var a Annotation
		var hasTimestamp, hasValue bool
		for d.more() {
			switch name := d.name(); {
			case d.err != nil:
			case name == "timestamp":
				a.Timestamp, hasTimestamp = d.long(), true
			case name == "value":
				a.Value, hasValue = d.string(), true
			default:
				d.skip()
			}
		}
		if !hasTimestamp || !hasValue {
			d.fail(Refusal("Incomplete annotation at " + d.path()))
		}
		if d.err != nil {
			return
		}
		d.end()
		d.annotations = append(d.annotations, a)
	}
	if d.err == nil {
		d.end()
	}
	span.Annotations = d.annotations[start:len(d.annotations):len(d.annotations)]
}

func (d *jsonDecoder) spanTags(span *Span) {
	if !d.begin(true) {
		return
	}
	start := len(d.tags)
	d.tags = append(d.tags, span.Tags...)
	for d.more() {
		key := d.name()
		if d.err == nil && d.skipNull() {
			d.fail(Refusal("No value at " + d.path()))
		}
		if d.err != nil {
			return
		}
		d.tags = append(d.tags, Tag{key, d.string()})
	}
	if d.err == nil {
		d.end()
	}
	span.Tags = d.tags[start:len(d.tags):len(d.tags)]
}
