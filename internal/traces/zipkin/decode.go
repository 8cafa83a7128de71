package zipkin

import (
	"errors"
	"fmt"
	"io"
)

// Limits bound what a body may cost. A zero field means its default.
type Limits struct {
	Bytes      int64 // of the whole body, decompressed; default 512 MiB
	Spans      int   // elements of all lists together; default 2,000,000
	ListSpans  int   // spans kept of one list, the rest is refused; default 1,000,000
	SpanBytes  int   // of one span; default 1 MiB
	TotalLists int   // inner lists; default 100,000
	Stream     bool  // lists may follow one another: the body is read to its end, and anything else there is an error
}

func (l Limits) orDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 512 << 20
	}
	if l.Spans <= 0 {
		l.Spans = 2_000_000
	}
	if l.ListSpans <= 0 {
		l.ListSpans = 1_000_000
	}
	if l.SpanBytes <= 0 {
		l.SpanBytes = 1 << 20
	}
	if l.TotalLists <= 0 {
		l.TotalLists = 100_000
	}
	return l
}

// ErrNotSpans says that a body is no JSON list at all: an error page, an object, nothing.
var ErrNotSpans = errors.New("not a JSON list of spans")

// Decode reads a JSON_V2 list of spans, or a list of such lists, and flattens it into one.
//
// It is tolerant, span by span: what is wrong in a field is mended or dropped and counted, what can't be a span is refused
// with its index, and neither hurts its neighbours. An error is returned only when the body is no list; a body that
// breaks off gives what was read, and says so in Cut.
func Decode(r io.Reader, limits Limits) (List, error) {
	lists, err := DecodeLists(r, limits)
	return Join(lists...), err
}

// DecodeLists reads as [Decode] does and keeps inner lists apart: of a list of lists it returns one List each, of a flat
// list one List.
func DecodeLists(r io.Reader, limits Limits) ([]List, error) {
	var lists []List
	err := Each(r, limits, func(l List) error {
		lists = append(lists, l)
		return nil
	})
	return lists, err
}

// Each reads as [DecodeLists] does and hands over each list as soon as it is read, so that a long body of many traces
// never is in memory as a whole. An error of yield ends the reading and is returned.
func Each(r io.Reader, limits Limits, yield func(List) error) error {
	limits = limits.orDefaults()
	c := &gatherer{limits: limits, parse: newParser()}
	split := newSplitter(r, limits)
	kind, err := split.open()
	if err != nil {
		return err
	}
	loose := *c // spans of a flat list, or strays between inner lists
	lists := 0
	for kind != endOfBody {
		var element []byte
		kind, element, err = split.next()
		cut := ""
		if err != nil {
			cut, kind = err.Error(), endOfBody
		}
		switch kind {
		case innerOpen:
			if lists++; lists > limits.TotalLists {
				cut, kind = fmt.Sprintf("more than %d lists", limits.TotalLists), endOfBody
			}
		case innerClose:
			if err := yield(c.take()); err != nil {
				return err
			}
		case spanElement, otherElement, oversized:
			into := &loose
			if split.inner {
				into = c
			}
			into.add(kind, element)
			if split.count > limits.Spans {
				cut, kind = fmt.Sprintf("more than %d spans", limits.Spans), endOfBody
			}
		}
		if cut == "" {
			continue
		}
		if split.inner && kind == endOfBody {
			if loose.list.Received() > 0 {
				if err := yield(loose.take()); err != nil {
					return err
				}
			}
			c.list.Cut = cut
			return yield(c.take())
		}
		loose.list.Cut = cut
	}
	if lists == 0 || loose.list.Received() > 0 || loose.list.Cut != "" {
		return yield(loose.take())
	}
	return nil
}

// gatherer collects the spans of one list.
type gatherer struct {
	limits Limits
	parse  *parser
	list   List
	index  int
}

func (c *gatherer) add(kind element, raw []byte) {
	refuse := func(reason string) {
		c.list.Refused = append(c.list.Refused, Refusal{Index: c.index, Reason: reason})
	}
	defer func() { c.index++ }()
	switch {
	case kind == oversized:
		refuse(fmt.Sprintf("larger than %d bytes", c.limits.SpanBytes))
	case kind == otherElement:
		refuse("not an object")
	case len(c.list.Spans) >= c.limits.ListSpans:
		refuse(fmt.Sprintf("beyond the limit of %d spans", c.limits.ListSpans))
	default:
		span, repaired, err := c.parse.span(raw)
		if err != nil {
			refuse(err.Error())
			return
		}
		if repaired {
			c.list.Repaired++
		}
		c.list.Spans = append(c.list.Spans, span)
	}
}

func (c *gatherer) take() List {
	l := c.list
	c.list, c.index = List{}, 0
	return l
}
