package zipkin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// busy has so many traces, newest first, and remembers what it was asked.
type busy struct {
	traces int
	limits []int
}

func (b *busy) Trace(context.Context, string) (List, error) { return List{}, ErrNotFound }

func (b *busy) Traces(_ context.Context, q Query) (Search, error) {
	b.limits = append(b.limits, q.Limit)
	var out Search
	for i := range min(b.traces, q.Limit) {
		out.Traces = append(out.Traces, List{Spans: []Span{{TraceID: fmt.Sprintf("%016x", 0xabc00000+i)}}})
	}
	return out, nil
}

// An id that was read in a log half a minute ago is not among the hundred newest of a busy chain.
func TestABeginningIsSoughtFurtherBack(t *testing.T) {
	for _, test := range []struct {
		traces int
		name   string
		asked  int
		found  bool
	}{
		{2000, "abc00005", 1, true},
		{2000, "abc00258", 2, true}, // the 600th
		{2000, "abc007", 2, false},  // beyond the thousandth
		{50, "abd", 1, false},       // all were looked at
	} {
		b := &busy{traces: test.traces}
		list, err := Named(t.Context(), b, test.name)
		if found := err == nil && strings.Contains(list.Spans[0].TraceID, test.name); found != test.found || len(b.limits) != test.asked {
			t.Errorf("%s of %d: %v, asked for %v; want %v in %d", test.name, test.traces, err, b.limits, test.found, test.asked)
		}
		if _, none := errors.AsType[*NotOne](err); !test.found && !none {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
