// Package traces makes a tree of the spans of a trace, whatever state they arrive in, and loses none of them.
//
// Spans come as halves of calls and as pieces of halves, twice, late, out of order, without a parent, in circles. Build
// cleans them, folds pieces into halves, joins the client's and the server's half of a call into one row, hangs the rows
// into a tree, corrects clocks and finds where errors began. The rules are those of Zipkin's own user interface
// (zipkin-lens: span-cleaner, span-node, clock-skew), except where it drops or overwrites spans: here the [Ledger] of
// every trace accounts for each span received.
package traces

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Trace is the tree of one trace's spans. It is never changed after it was built.
type Trace struct {
	ID       string           // 16 or 32 lower-hex digits; empty when no span was usable
	Rows     []Row            // depth first, children by start: the subtree of row i is Rows[i : i+Rows[i].Size]
	Start    int64            // µs since the Unix epoch, the earliest corrected start; 0 when no span has a timestamp
	End      int64            // µs since the Unix epoch, the latest corrected end
	Services []string         // every service that has a span, in the order of rows
	Origin   int              // the row where the error began: the deepest failing one; -1 when nothing failed
	Ledger   Ledger           //
	Refused  []zipkin.Refusal // what the decoder or the engine could not use, by position in the list received
	Repaired int              // spans in which the decoder mended or dropped a field
	Cut      string           // why the list received ended early; empty when it did not
}

// Duration is the time from the earliest start to the latest end, in microseconds.
func (t *Trace) Duration() int64 { return t.End - t.Start }

// Row is one line of a waterfall: a span, or the two halves of a call that share an id.
type Row struct {
	Parent int   // index of the row above in the tree; -1 at the root
	Depth  int   // 0 at the root
	Size   int   // rows of the subtree, this one included
	Own    *Half // the half the row is named for: the callee's when both are there; nil in a synthetic root
	Caller *Half // the client's half of a call whose server's half is Own; else nil
	Marks  Mark  //

	Start    int64 // µs since the Unix epoch, corrected; the client's when it has one; 0 when unknown
	Duration int64 // µs; 0 when unknown or nothing
	Self     int64 // µs of Own in which none of the row's children ran, see selftime.go
	Network  int64 // µs of the call outside of the server's half; -1 when there are no two halves to tell it from
}

// End is Start + Duration.
func (r *Row) End() int64 { return r.Start + r.Duration }

// Half is one side of a call, or a span that has one side only, folded from the pieces that were received of it.
type Half struct {
	Span   zipkin.Span // folded; its Timestamp is as received, its IDs are padded
	Pieces []int       // positions in the list received, rising; the first is shown, the others are merged into it
	Shift  int64       // µs added to correct the clock of the half's host; 0 when it was right
}

// Start is the half's corrected start in µs since the Unix epoch, 0 when unknown.
func (h *Half) Start() int64 {
	if h.Span.Timestamp == 0 {
		return 0
	}
	return h.Span.Timestamp + h.Shift
}

// Service is the name of the service that reported the half, or "".
func (h *Half) Service() string { return serviceOf(h.Span.LocalEndpoint) }

// Remote is the name of the service at the other side, or "".
func (h *Half) Remote() string { return serviceOf(h.Span.RemoteEndpoint) }

// Halves are the row's halves, the client's first; none in a synthetic root.
func (r *Row) Halves() []*Half {
	switch {
	case r.Own == nil:
		return nil
	case r.Caller == nil:
		return []*Half{r.Own}
	}
	return []*Half{r.Caller, r.Own}
}

// Service is the name of the service the row belongs to: the callee's, else the only one known, else "".
func (r *Row) Service() string {
	for _, h := range []*Half{r.Own, r.Caller} {
		if h != nil && h.Service() != "" {
			return h.Service()
		}
	}
	if r.Caller != nil && r.Caller.Remote() != "" {
		return r.Caller.Remote()
	}
	return ""
}

// Name is the span's name, the server's before the client's, or "".
func (r *Row) Name() string {
	for _, h := range []*Half{r.Own, r.Caller} {
		if h != nil && h.Span.Name != "" {
			return h.Span.Name
		}
	}
	return ""
}

// Tag is the value of a tag on the row's halves, the server's first, and whether it is there.
func (r *Row) Tag(key string) (string, bool) {
	for _, h := range []*Half{r.Own, r.Caller} {
		if h != nil {
			if v, ok := h.Span.Tags[key]; ok {
				return v, true
			}
		}
	}
	return "", false
}

// Ledger accounts for every span received: Received == Shown + Merged + Refused, always.
type Ledger struct {
	Received int `json:"received"`
	Shown    int `json:"shown"`   // halves that are drawn
	Merged   int `json:"merged"`  // further pieces, folded into a half that is drawn
	Refused  int `json:"refused"` // not decodable, or without valid ids
}

// Mark is a set of things worth saying about a row.
type Mark uint16

// The marks of a row.
const (
	Synthetic Mark = 1 << iota // stands for a root that was not received
	Orphan                     // its parent was not received; it hangs under the root
	ExtraRoot                  // has no parent, and is not the root; it hangs under the root
	CycleCut                   // was its own ancestor; the circle was cut here
	Skewed                     // a half was shifted in time
	Failed                     // a half has the tag "error"
	PassedOn                   // failed, and so did something below it
	Transient                  // an annotation named "error", whatever came of it
	NoTime                     // no half has a timestamp
	Bounded                    // a time beyond all reason was bounded
)

var markNames = []string{"synthetic", "orphan", "extra-root", "cycle-cut", "skewed", "failed", "passed-on", "transient", "no-time", "bounded"}

// Has says that all of marks are set.
func (m Mark) Has(marks Mark) bool { return m&marks == marks }

// Names lists the marks in words, as the JSON form has them.
func (m Mark) Names() []string {
	var out []string
	for i, name := range markNames {
		if m&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

// String is the names with commas.
func (m Mark) String() string { return strings.Join(m.Names(), ",") }
