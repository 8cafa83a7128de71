package theme

import (
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// A pod that starts as all do is not painted as one that fails.
func TestAPodThatStartsIsNoFailure(t *testing.T) {
	waiting := func(reason string) *state.Pod {
		return &state.Pod{Phase: "Pending", Reason: reason, Containers: []state.Container{{State: "waiting", Reason: reason}}}
	}
	unready := &state.Pod{Phase: "Running", Reason: "ContainersNotReady", Containers: []state.Container{{State: "running"}}}
	crashing := &state.Pod{Phase: "Running", Reason: "ContainersNotReady", Containers: []state.Container{{State: "running"}, {State: "waiting", Reason: "CrashLoopBackOff"}}}
	for _, c := range []struct {
		pod *state.Pod
		ink Ink
	}{
		{waiting(""), Accent}, {waiting("ContainerCreating"), Accent}, {waiting("PodInitializing"), Accent}, {unready, Accent},
		{waiting("ImagePullBackOff"), Fail}, {waiting("SomethingNew"), Fail}, {crashing, Fail},
		{&state.Pod{Phase: "Failed", Reason: "Evicted"}, Fail}, {&state.Pod{Ready: true}, OK}, {&state.Pod{Deleting: true}, Muted},
	} {
		if got := OfPod(c.pod); got.Ink != c.ink {
			t.Errorf("%+v: %+v", c.pod, got)
		}
	}
}
