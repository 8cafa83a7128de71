package action

import (
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func TestActionsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range All() {
		if seen[a.ID] {
			t.Errorf("two actions are called %s", a.ID)
		}
		seen[a.ID] = true
		if a.Title == "" || a.Help == "" {
			t.Errorf("%s: lacks a title or help", a.ID)
		}
		for _, p := range a.Params {
			if p.Name == "" || p.Label == "" || p.Help == "" || p.Kind == "" {
				t.Errorf("%s: parameter %+v is not complete", a.ID, p)
			}
		}
	}
}

func TestEveryChangeIsRefusedReadOnly(t *testing.T) {
	scene := Scene{ReadOnly: true, Snapshot: live(state.Ours)}
	for _, a := range All() {
		if reason := a.Why(scene); a.Mutates && reason != "read-only (--read-only)" {
			t.Errorf("%s: %q", a.ID, reason)
		}
	}
}

func TestGuardsSayWhy(t *testing.T) {
	for _, tc := range []struct {
		id   string
		s    Scene
		want string
	}{
		{"resize", Scene{Snapshot: live(state.Ours)}, ""},
		{"resize", Scene{Snapshot: live(state.None)}, "nothing is deployed here yet"},
		{"resize", Scene{Snapshot: live(state.Original)}, "it has no release to build on: adopt it first"},
		{"resize", Scene{Snapshot: live(state.Ours), Busy: "Redeploy links"}, "waiting for: Redeploy links"},
		{"resize", Scene{Snapshot: &state.Snapshot{Conn: state.Conn{Phase: state.Stale}}}, "the cluster is out of reach just now"},
		{"deploy", Scene{Snapshot: live(state.None)}, ""},
		{"adopt", Scene{Snapshot: live(state.Ours)}, "this chain is chaintui's already"},
		{"adopt", Scene{Snapshot: live(state.Original)}, ""},
		{"load", Scene{Snapshot: live(state.Ours)}, "this chain has no load generator"},
		{"rollback", Scene{Snapshot: live(state.Ours)}, "there is no release to go back to"},
		{"deploy", Scene{Snapshot: live(state.Original)}, "it has no release to build on: adopt it first"},
		{"clear-fault", Scene{Snapshot: live(state.Ours)}, "no link has a fault"},
		{"resume", Scene{Snapshot: live(state.Ours)}, "no rollout is paused"},
		{"resume", Scene{Snapshot: paused(true, false)}, ""},
		{"resume", Scene{Snapshot: paused(false, true)}, ""},
	} {
		a, ok := Find(tc.id)
		if !ok {
			t.Fatalf("no action %s", tc.id)
		}
		if got := a.Why(tc.s); got != tc.want {
			t.Errorf("%s: %q; want %q", tc.id, got, tc.want)
		}
	}
}

func live(origin state.Origin) *state.Snapshot {
	s := &state.Snapshot{Conn: state.Conn{Phase: state.Live}, Origin: origin, Links: []state.Link{{}}}
	if origin == state.Ours {
		s.Releases = []chain.Release{{Number: 1}}
	}
	return s
}

// paused is a chain whose rollout is paused, in the cluster, by its release, or both.
func paused(cluster, release bool) *state.Snapshot {
	s := live(state.Ours)
	if cluster {
		s.Links[0].Status = state.Paused
	}
	s.Releases[0].Spec.Links = []chain.Link{{Paused: release}}
	return s
}
