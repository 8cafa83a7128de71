package action

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// The plan names the pod, and says what its link is short of when that served.
func TestThePlanOfDeletingAPod(t *testing.T) {
	snap := &state.Snapshot{Links: []state.Link{{}, {Workload: state.Workload{Pods: []state.Pod{
		{Name: "serves", State: "Running", Node: "n1", Ready: true, Link: 1}, {Name: "waits", State: "Pending", Link: 1},
	}}}}}
	for pod, want := range map[string][]string{
		"serves": {"Running on n1", "link 1 has a pod less"}, "waits": {"Pending on no node", "makes another"}, "gone": {"makes another"},
	} {
		plan, err := planDeletePod(t.Context(), Deps{Snapshot: func() *state.Snapshot { return snap }}, Args{"pod": pod})
		if err != nil || plan.Title != "Delete pod "+pod || len(plan.Lines) != len(want) {
			t.Fatalf("%s: %+v, %v", pod, plan, err)
		}
		for i, line := range plan.Lines {
			if !strings.Contains(line.Text, want[i]) || pod != "serves" && strings.Contains(line.Text, "less") {
				t.Errorf("%s: %q, want %q", pod, line.Text, want[i])
			}
		}
	}
}
