package validate

import (
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Outcome is how a run ended.
type Outcome string

// The outcomes of a run.
const (
	Healthy   Outcome = "healthy"
	Unhealthy Outcome = "unhealthy"
	TimedOut  Outcome = "timed out" // something was still on its way when the time was up, and nothing had failed
	NoAccess  Outcome = "no access" // the API server was not reached, or was lost, or a needed right is missing
)

// Result is all that a run found out.
type Result struct {
	Outcome   Outcome
	Headline  string // one line: the first thing that is wrong, or that all is well
	Context   string
	Namespace string
	Links     int
	Release   int // the newest release's number; 0 without one
	Started   time.Time
	Took      time.Duration
	Verdicts  []Verdict // in the order of Names
	TraceID   string    // of the probe; empty when none was sent
	Spans     []zipkin.Span
	Snapshot  *state.Snapshot // the last one
	Err       error           // behind NoAccess, when the cluster itself is the reason
}

// Verdict is the verdict of a check.
func (r *Result) Verdict(check string) Verdict {
	i := slices.IndexFunc(r.Verdicts, func(v Verdict) bool { return v.Check == check })
	if i < 0 {
		return skip(check, "not done")
	}
	return r.Verdicts[i]
}

// First is the finding that comes first: of the failing check that is nearest to a cause, the one nearest to the head.
// ok is false when nothing failed.
func (r *Result) First() (check string, f Finding, ok bool) {
	for _, status := range []Status{Fail, Timeout} {
		for _, name := range causes {
			if v := r.Verdict(name); v.Status == status && len(v.Findings) > 0 {
				return name, v.Findings[0], true
			}
		}
	}
	return "", Finding{}, false
}

// conclude fills in the outcome and its headline.
func (r *Result) conclude() {
	slices.SortFunc(r.Verdicts, func(a, b Verdict) int { return slices.Index(Names, a.Check) - slices.Index(Names, b.Check) })
	_, first, broken := r.First()
	failed := slices.ContainsFunc(r.Verdicts, func(v Verdict) bool { return v.Status == Fail })
	switch {
	case r.Err != nil:
		r.Outcome, r.Headline = NoAccess, r.Err.Error()
	case r.Verdict(Access).Status == Fail:
		r.Outcome, r.Headline = NoAccess, first.Line()
	case failed:
		r.Outcome, r.Headline = Unhealthy, first.Line()
	case broken:
		r.Outcome, r.Headline = TimedOut, "still waiting: "+first.Line()
	default:
		r.Outcome, r.Headline = Healthy, "the chain works: "+r.Verdict(Request).Reason
	}
}

// describe fills in what the Snapshot says of the chain.
func (r *Result) describe(s *state.Snapshot) {
	r.Snapshot, r.Context, r.Namespace, r.Links = s, s.Context, s.Namespace, len(s.Links)
	if release := s.Release(); release != nil {
		r.Release = release.Number
	}
}

// order is the chain's order by the Snapshot.
func order(s *state.Snapshot) chain.Order {
	o := make(chain.Order, len(s.Links))
	for i := range s.Links {
		o[i] = s.Links[i].Service
	}
	return o
}
