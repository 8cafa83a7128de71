//go:build e2e

package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// The tour shows on a real chain what it says, and leaves the chain as it found it, down to its pods.
func TestTheTourShowsAndPutsBack(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "4", "--rate", "5")
	cluster := watched(t.Context(), r.cluster)
	defer cluster.close()
	before, err := cluster.reach(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	begin, err := tour.Of(before)
	if err != nil {
		t.Fatal(err)
	}
	options := r.shown()
	options.Tour = tour.New(begin, false)
	s := uitest.Start(t, 120, 40, options)
	for _, scene := range []struct{ title, shows string }{
		{"A healthy request", "▾ chain-link-0"},
		{"A slow link", "▲ slow at link 1"},
		{"Whose time it is", "of its own"},
		{"An error", "✗ errors at link 2"},
		{"Where it began", "✗ 503 from link 2"},
		{"4/6  Growing under load", "4 links ready"},
		{"4/6  Growing under load", "6 links ready"},
		{"A bad image", "ImagePull"},
		{"Its rollback", "4 links ready"},
		{"Tidied up", "4 links ready"},
	} {
		s.Await(starting, scene.title).Await(starting, scene.shows)
		last := scene.title == "Tidied up"
		if last {
			s.Await(starting, "enter end the tour")
		} else {
			s.Await(starting, "enter next")
		}
		if screen := s.Text(); !last && strings.Contains(screen, "go on without it") {
			t.Fatalf("the tour failed:\n%s", screen)
		}
		s.Enter()
	}
	bounded, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	var now []string // a pod that was replaced may still end
	asBefore := func(s *state.Snapshot) (bool, error) {
		now = pods(s, 1)
		return len(begin.Undo(s)) == 0 && slices.Equal(now, pods(before, 1)), nil
	}
	if cluster.Wait(bounded, asBefore) != nil {
		t.Errorf("this is left of the tour: %v; link 1 had the pods %v, and has %v", begin.Undo(cluster.Latest()), pods(before, 1), now)
	}
	s.Press("q")
	if err := s.Ended(); err != nil {
		t.Error(err)
	}
}

// pods are the names of a link's pods.
func pods(s *state.Snapshot, link int) []string {
	var names []string
	for _, p := range s.Links[link].Pods {
		names = append(names, p.Name)
	}
	return names
}
