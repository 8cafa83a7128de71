package validate

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// CheckEndpoints looks whether every Service has a ready address behind it. Without one, callers are refused although
// every pod may be ready.
func CheckEndpoints(s *state.Snapshot) Verdict {
	var findings []Finding
	count := 0
	for _, w := range workloads(s) {
		if w.Bare || (w.link < 0 && !w.HasService && w.Workload == s.Load) { // nobody calls the load generator of the original
			continue
		}
		count++
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
			continue
		}
		findings = append(findings, f)
	}
	if len(findings) > 0 {
		return fail(Endpoints, inOrder(findings)...)
	}
	return pass(Endpoints, fmt.Sprintf("%d Services with ready endpoints", count))
}
