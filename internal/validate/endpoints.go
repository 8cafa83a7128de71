package validate

import (
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// EndpointsLag is how long EndpointSlices may follow the pods' readiness.
const EndpointsLag = 3 * time.Second

// CheckEndpoints looks whether every Service has a ready address behind it. Without one, callers are refused although
// every pod may be ready.
func CheckEndpoints(s *state.Snapshot) Verdict {
	if blind(s) {
		return skip(Endpoints, "you may not list "+string(state.EndpointSlices))
	}
	var findings []Finding
	count := 0
	for _, w := range workloads(s) {
		if !w.called(s) {
			continue
		}
		count++
		if f, ok := w.unserved(); ok {
			findings = append(findings, f)
		}
	}
	if len(findings) > 0 {
		return fail(Endpoints, inOrder(findings)...)
	}
	return pass(Endpoints, fmt.Sprintf("%d Services with ready endpoints", count))
}

// CutOff are the links that are ready and can't be reached, by their Service's name: why no Service leads to them. Who may
// not see EndpointSlices is told of none.
func CutOff(s *state.Snapshot) map[string]Finding {
	found := map[string]Finding{}
	if blind(s) {
		return found
	}
	for _, w := range workloads(s) {
		if w.link < 0 || w.Status != state.Ready || !w.called(s) {
			continue
		}
		if f, ok := w.unserved(); ok {
			found[w.Service] = f
		}
	}
	return found
}

// blind tells that the user may not see whether Services have endpoints.
func blind(s *state.Snapshot) bool {
	_, denied := s.Conn.Denial(state.EndpointSlices)
	return denied
}

// called tells whether anybody calls the workload by its Service: nobody does the load generator of the original.
func (w *workload) called(s *state.Snapshot) bool {
	return !w.Bare && (w.link >= 0 || w.HasService || w.Workload != s.Load)
}

func (w *workload) unserved() (Finding, bool) {
	f := Finding{Link: w.link, Object: w.object()}
	switch {
	case !w.HasService:
		f.Reason, f.Message = "NoService", "its Service is missing"
		f.Hint = "chaintui deploy creates what is missing"
	case w.Endpoints == 0 && w.Status == state.Ready:
		f.Reason = "NoEndpoints"
		f.Message = fmt.Sprintf("its Service has no endpoints, though %d pods are ready: its selector or port fits none", w.ReadyPods)
		f.Hint = "chaintui diff shows what was edited; chaintui deploy --force-conflicts puts it right"
	case w.Endpoints == 0:
		f.Reason, f.Message = "NoEndpoints", "its Service has no ready endpoints: "+w.Message
	default:
		return f, false
	}
	return f, true
}
