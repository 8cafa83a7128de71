package zipkin

// List is what was decoded of one JSON list of spans, with an account of every element it had. Element i of the input is
// either in Spans or in Refused, never in both: len(Spans) + len(Refused) == Received().
type List struct {
	Spans    []Span    // in the order received
	Refused  []Refusal // by rising Index
	Repaired int       // how many of Spans had a field that was mended or dropped
	Cut      string    // why the list ended early; empty when it was read to its end
}

// Refusal is an element that could not become a span.
type Refusal struct {
	Index  int    `json:"index"` // position in the list received, from 0
	Reason string `json:"reason"`
}

// Received is how many elements the list had.
func (l *List) Received() int { return len(l.Spans) + len(l.Refused) }

// Positions returns where each span of l stood in the list received.
func (l *List) Positions() []int {
	out := make([]int, 0, len(l.Spans))
	refused := l.Refused
	for i := 0; len(out) < len(l.Spans); i++ {
		if len(refused) > 0 && refused[0].Index == i {
			refused = refused[1:]
			continue
		}
		out = append(out, i)
	}
	return out
}

// Join puts lists behind one another, as if they had been received as one.
func Join(lists ...List) List {
	if len(lists) == 1 {
		return lists[0]
	}
	var out List
	for _, l := range lists {
		base := out.Received()
		for _, r := range l.Refused {
			out.Refused = append(out.Refused, Refusal{Index: base + r.Index, Reason: r.Reason})
		}
		out.Spans = append(out.Spans, l.Spans...)
		out.Repaired += l.Repaired
		if out.Cut == "" {
			out.Cut = l.Cut
		}
	}
	return out
}

// Of makes a List of spans that need no decoding.
func Of(spans []Span) List { return List{Spans: spans} }
