package page

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// severity orders statuses from quiet to loud, for saying the loudest first.
var severity = map[state.Status]int{
	state.Ready: 0, state.ScaledToZero: 1, state.Paused: 2, state.Terminating: 3,
	state.InProgress: 4, state.Missing: 5, state.Failing: 6, state.Failed: 7,
}

// Verdict is the whole chain in a few words: what is wrong, else what changes, else that all is well. What is not known
// to be so still is said quietly, as what it was.
func Verdict(w *World) theme.Look {
	switch phase := w.Snap.Conn.Phase; phase {
	case state.Connecting, state.Forbidden, state.Unusable:
		return theme.OfPhase(phase)
	case state.NoCluster:
		return theme.Look{Symbol: "○", Word: units.Plural(len(w.Traffic.Recent), "trace", "traces"), Ink: theme.Muted}
	case state.Stale:
		look := verdict(w)
		return theme.Look{Symbol: look.Symbol, Word: "was: " + look.Word, Ink: theme.Muted}
	}
	return verdict(w)
}

func verdict(w *World) theme.Look {
	s := w.Snap
	if len(s.Links) == 0 {
		return theme.Look{Symbol: "○", Word: "nothing deployed", Ink: theme.Muted}
	}
	worst := 0
	for i := range s.Links {
		if severity[s.Links[i].Status] > severity[s.Links[worst].Status] {
			worst = i
		}
	}
	ready, total := s.Counts()
	look := theme.OfStatus(s.Links[worst].Status)
	switch s.Links[worst].Status {
	case state.Ready:
		return flow(w, total)
	case state.InProgress, state.Terminating, state.Paused, state.ScaledToZero:
		look.Word = fmt.Sprintf("%s, %d/%d ready", look.Word, ready, total)
	default:
		look.Word = fmt.Sprintf("link %d %s, %d/%d ready", worst, look.Word, ready, total)
	}
	return look
}

// flow is the verdict on the traffic of a chain whose pods are all well.
func flow(w *World, total int) theme.Look {
	for _, want := range []theme.Look{theme.Errors, theme.Slow} {
		for i := range w.Snap.Links {
			t := w.Traffic.Links[w.Snap.Links[i].Service]
			if want == theme.Errors && t.Origin || want == theme.Slow && t.Slow {
				want.Word = fmt.Sprintf("%s at link %d", want.Word, i)
				return want
			}
		}
	}
	return theme.Look{Symbol: "●", Word: units.Plural(total, "link", "links") + " ready", Ink: theme.OK}
}
