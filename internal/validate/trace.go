package validate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Received is what the collector holds of the probe's trace.
type Received struct {
	List zipkin.List
	From string // what was asked: the chain's own collector by its Service's name, which is the default, or the URL of another
	Err  error  // why it could not be asked; zipkin.ErrNotFound while it has nothing
}

// prober is the service of the probe's own span. No collector holds it: it is put beside the links' spans, so that the
// head's span has the parent it was given.
const prober = "chaintui"

// Tree is the probe's trace, the probe's own span at its root.
func (r *Received) Tree(p Probe) *traces.Trace {
	own := zipkin.Span{TraceID: p.TraceID, ID: p.SpanID, Kind: zipkin.Client, Name: "get /", Timestamp: p.Started.UnixMicro(),
		Duration: max(p.Took.Microseconds(), 1), LocalEndpoint: &zipkin.Endpoint{ServiceName: prober}}
	return traces.BuildList(zipkin.Join(zipkin.Of([]zipkin.Span{own}), r.List))
}

// Spans is how many spans a request leaves in a chain of n of our links: one of the head, and two of each hop.
func Spans(n int) int { return 2*n - 1 }

// CheckTrace judges the trace: a span of each link, each the child of the link before it, none without a parent.
// complete is true when nothing more can come: then there is no sense in waiting.
func CheckTrace(r Received, p Probe, order chain.Order) (v Verdict, complete bool) {
	collector := cmp.Or(r.From, chain.CollectorService)
	if r.Err != nil {
		f := Finding{Link: -1, Object: collector, Reason: "NoTrace", Message: "the collector has no trace " + p.TraceID}
		if !errors.Is(r.Err, zipkin.ErrNotFound) {
			f.Reason, f.Message = "NotAsked", "the collector can't be asked for trace "+p.TraceID+": "+said(r.Err)
		}
		if collector == chain.CollectorService {
			f.Hint = "chaintui logs " + chain.CollectorService
		}
		return fail(Trace, f), false
	}
	tree := r.Tree(p)
	spans, want := r.List.Received(), Spans(len(order))
	if f, ok := gap(tree, order); !ok {
		f.Message += fmt.Sprintf(" (%d of %d spans)", spans, want)
		f.Hint = "chaintui traces show " + p.TraceID
		return fail(Trace, f), false
	}
	reason := fmt.Sprintf("%d spans of %d services, each link the child of the one before", spans, len(order))
	switch {
	case spans == want:
		return pass(Trace, reason), true
	case ownSpans(tree):
		return fail(Trace, Finding{Link: -1, Object: collector, Reason: "SpanCount",
			Message: fmt.Sprintf("%d spans, and %d were expected", spans, want), Hint: "chaintui traces show " + p.TraceID}), spans > want
	}
	return pass(Trace, reason+"; links of another image leave a number of their own"), false
}

// said is what an error says; of one that the API server's proxy made, the words of that.
func said(err error) string {
	if status, ok := errors.AsType[*zipkin.StatusError](err); ok && !errors.Is(err, zipkin.ErrNotFound) {
		return fmt.Sprintf("HTTP %d: %s", status.Status, short(words(status.Body)))
	}
	return err.Error()
}

// words are the message of an answer of the API server, of which only the beginning may be there; any other is left as it is.
func words(body string) string {
	if !strings.HasPrefix(body, `{"kind":"Status",`) {
		return message([]byte(body))
	}
	_, text, _ := strings.Cut(body, `"message":"`)
	text, _, _ = strings.Cut(text, `","`)
	return strings.ReplaceAll(text, `\"`, `"`)
}

// gap finds where the trace is broken: the first link without a span below the link before it.
func gap(t *traces.Trace, order chain.Order) (Finding, bool) {
	at := map[string][]int{} // rows by service
	for i := range t.Rows {
		s := t.Rows[i].Service()
		at[s] = append(at[s], i)
	}
	for i, service := range order {
		rows := at[service]
		f := Finding{Link: i, Object: service, Reason: "BrokenTrace"}
		if len(rows) == 0 {
			f.Message = "the trace has no span of it"
			return f, false
		}
		above := prober
		if i > 0 {
			above = order[i-1]
		}
		if !slices.ContainsFunc(rows, func(r int) bool { return above == calledBy(t, r) }) {
			f.Message = "its span is not a child of " + above + "'s"
			return f, false
		}
		for _, r := range rows {
			if t.Rows[r].Marks.Has(traces.Orphan) {
				f.Message = "its span is an orphan: the span that called it is missing"
				return f, false
			}
		}
	}
	for service, rows := range at {
		if service != prober && !slices.Contains(order, service) {
			return Finding{Link: -1, Object: service, Reason: "BrokenTrace", Message: fmt.Sprintf("the trace has %d spans of it, and it is no link", len(rows))}, false
		}
	}
	return Finding{}, true
}

// calledBy is the service above a row's own: that of the nearest row above with another service, or of the caller's half.
func calledBy(t *traces.Trace, row int) string {
	own := t.Rows[row].Service()
	if c := t.Rows[row].Caller; c != nil && c.Service() != own && c.Service() != "" {
		return c.Service()
	}
	for p := t.Rows[row].Parent; p >= 0; p = t.Rows[p].Parent {
		if s := t.Rows[p].Service(); s != own && s != "" {
			return s
		}
	}
	return ""
}

// ownSpans tells whether every link's spans carry what only our links put on them.
func ownSpans(t *traces.Trace) bool {
	for i := range t.Rows {
		r := &t.Rows[i]
		if _, ours := r.Tag(chain.PodTag); !ours && r.Service() != prober {
			return false
		}
	}
	return true
}

// blame puts the link where the trace's error began into a failed request's finding: the answer that came back may have
// been worded by a link before it.
func blame(v Verdict, t *traces.Trace, faults chain.Faults) Verdict {
	if v.Status != Fail || t == nil || t.Origin < 0 {
		return v
	}
	row := &t.Rows[t.Origin]
	service := row.Service()
	i, ok := chain.Index(service)
	if !ok {
		return v
	}
	f := v.Findings[0]
	f.Link, f.Object = i, service
	if own := row.Own; own != nil {
		f.Pod = own.Span.Tags[chain.PodTag]
	}
	if fault := faults[service]; !fault.IsZero() {
		f.Hint = fmt.Sprintf("a fault is in force there (%s): chaintui fault %d --clear", fault, i)
	}
	return fail(Request, f)
}

// spanWait is how long the collector is asked for a whole trace: links of other images flush their spans when they like.
const spanWait = 15 * time.Second
