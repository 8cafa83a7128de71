package theme

import "github.com/chaintui/chaintui/internal/kube/state"

// Look is how a state is shown: always a symbol and a word and a colour, so that meaning never hangs on colour alone.
type Look struct {
	Symbol, Word string
	Ink          Ink
}

// Loud tells whether the look should stand out on the page.
func (l Look) Loud() bool { return l.Ink == Warn || l.Ink == Fail }

// OfStatus is the look of a workload's status.
func OfStatus(s state.Status) Look {
	switch s {
	case state.Ready:
		return Look{"●", "ready", OK}
	case state.ScaledToZero:
		return Look{"⊘", "scaled to 0", Muted}
	case state.Paused:
		return Look{"‖", "paused", Warn}
	case state.InProgress:
		return Look{"◐", "rolling", Accent}
	case state.Missing:
		return Look{"◌", "missing", Fail}
	case state.Terminating:
		return Look{"◌", "terminating", Muted}
	case state.Failing:
		return Look{"✗", "failing", Fail}
	case state.Failed:
		return Look{"✗", "failed", Fail}
	}
	return Look{"◌", "pending", Muted}
}

// Looks of a link's traffic, which is shown where its pods are well.
var (
	Slow   = Look{"▲", "slow", Warn}
	Errors = Look{"✗", "errors", Fail}
	Idle   = Look{"○", "idle", Muted}
)

// OfPhase is the look of the connection.
func OfPhase(p state.Phase) Look {
	switch p {
	case state.Live:
		return Look{"●", "live", OK}
	case state.Stale:
		return Look{"▲", "stale", Warn}
	case state.Forbidden:
		return Look{"✗", "forbidden", Fail}
	case state.Unusable:
		return Look{"✗", "can't connect", Fail}
	case state.NoCluster:
		return Look{"○", "file", Muted}
	}
	return Look{"◌", "connecting", Muted}
}
