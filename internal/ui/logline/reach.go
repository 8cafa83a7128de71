package logline

import (
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// Later says why a pod's log has nothing of a moment: what runs in it was started after that. Empty when it was not.
func Later(pod *state.Pod, at time.Time) string {
	why := ""
	for i := range pod.Containers {
		switch c := &pod.Containers[i]; {
		case c.Init:
		case !c.Started.After(at):
			return ""
		case c.Restarts > 0:
			why = "the container was restarted since then"
		case why == "":
			why = "the pod was started after it"
		}
	}
	return why
}
