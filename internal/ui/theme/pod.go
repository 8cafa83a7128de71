package theme

import "github.com/chaintui/chaintui/internal/kube/state"

// OfPod is how a pod is shown.
func OfPod(p *state.Pod) Look {
	switch {
	case p.Deleting:
		return Look{Symbol: "◌", Word: p.State, Ink: Muted}
	case p.Ready:
		return Look{Symbol: "●", Word: p.State, Ink: OK}
	case p.Reason != "" && !p.Starting():
		return Look{Symbol: "✗", Word: p.State, Ink: Fail}
	}
	return Look{Symbol: "◐", Word: p.State, Ink: Accent}
}
