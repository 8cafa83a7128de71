package traces

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// blame marks what failed, tells what passed an error on from where it began, and finds the origin: the deepest failing
// row, the earliest of several.
//
// A span failed when it has the tag "error", even an empty one. An annotation named "error" is a transient one: it was
// seen, and the span may have gone well all the same.
func (t *Trace) blame() {
	below := make([]bool, len(t.Rows)) // something below the row failed
	for i := len(t.Rows) - 1; i >= 0; i-- {
		r := &t.Rows[i]
		for _, h := range r.Halves() {
			if _, failed := h.Span.Tags["error"]; failed {
				r.Marks |= Failed
			}
			if hasErrorAnnotation(&h.Span) {
				r.Marks |= Transient
			}
		}
		failed := r.Marks.Has(Failed)
		if failed && below[i] {
			r.Marks |= PassedOn
		}
		if (failed || below[i]) && r.Parent >= 0 {
			below[r.Parent] = true
		}
		if failed && !below[i] && (t.Origin < 0 || t.deeper(i, t.Origin)) {
			t.Origin = i
		}
	}
}

func (t *Trace) deeper(a, b int) bool {
	x, y := &t.Rows[a], &t.Rows[b]
	if x.Depth != y.Depth {
		return x.Depth > y.Depth
	}
	return x.Start != 0 && x.Start <= y.Start || y.Start == 0
}

func hasErrorAnnotation(s *zipkin.Span) bool {
	for _, a := range s.Annotations {
		if strings.EqualFold(a.Value, "error") {
			return true
		}
	}
	return false
}

// Failure is what a failed row says about it: the value of the tag "error" and the HTTP status; "" when it did not fail.
func (r *Row) Failure() string {
	if !r.Marks.Has(Failed) {
		return ""
	}
	text, _ := r.Tag("error")
	status, _ := r.Tag("http.status_code")
	switch {
	case text == "" || text == "true":
		text = status
	case status != "" && !strings.Contains(text, status):
		text = status + " " + text
	}
	return text
}
