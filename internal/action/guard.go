package action

import (
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// guard runs checks in order; the first that objects decides.
func guard(checks ...func(Scene) string) func(Scene) string {
	return func(s Scene) string {
		for _, check := range checks {
			if reason := check(s); reason != "" {
				return reason
			}
		}
		return ""
	}
}

// reachable objects while the cluster can't be read: what is on screen may be old.
func reachable(s Scene) string {
	switch s.Snapshot.Conn.Phase {
	case state.Live:
		return ""
	case state.Connecting:
		return "still connecting to the cluster"
	case state.Stale:
		return "the cluster is out of reach just now"
	}
	return s.Snapshot.Conn.Err
}

// changeable objects where nothing may be changed now.
func changeable(s Scene) string {
	switch {
	case s.ReadOnly:
		return "read-only (--read-only)"
	case s.Busy != "":
		return "waiting for: " + s.Busy
	}
	return reachable(s)
}

// picked objects while no pod is chosen.
func picked(s Scene) string {
	if s.Pod == "" {
		return "no pod is chosen"
	}
	return ""
}

// deployed objects while there is no chain.
func deployed(s Scene) string {
	if s.Snapshot.Origin == state.None {
		return "nothing is deployed here yet"
	}
	return ""
}

// ours objects to a chain that kubectl or the original's tool applied: it has no release to build on.
func ours(s Scene) string {
	if s.Snapshot.Origin == state.Original {
		return "it has no release to build on: adopt it first"
	}
	return ""
}

// foreign objects to a chain that is ours already.
func foreign(s Scene) string {
	if s.Snapshot.Origin != state.Original {
		return "this chain is chaintui's already"
	}
	return ""
}

// faulty objects while no link has a fault.
func faulty(s Scene) string {
	for i := range s.Snapshot.Links {
		if !s.Snapshot.Links[i].Fault.IsZero() {
			return ""
		}
	}
	return "no link has a fault"
}

// held objects while no rollout is paused, in the cluster or by the newest release.
func held(s Scene) string {
	for i := range s.Snapshot.Links {
		if s.Snapshot.Links[i].Status == state.Paused {
			return ""
		}
	}
	if r := s.Snapshot.Release(); r != nil && slices.ContainsFunc(r.Spec.Links, func(l chain.Link) bool { return l.Paused }) {
		return ""
	}
	return "no rollout is paused"
}

// loaded objects where no load generator listens to us.
func loaded(s Scene) string {
	switch load := s.Snapshot.Load; {
	case load == nil || !load.Exists:
		return "this chain has no load generator"
	case load.Bare:
		return "the original's load generator can't change its rate: adopt it first"
	}
	return ""
}

// anotherRelease objects while there is nothing to go back to.
func anotherRelease(s Scene) string {
	if len(s.Snapshot.Releases) < 2 {
		return "there is no release to go back to"
	}
	return ""
}
