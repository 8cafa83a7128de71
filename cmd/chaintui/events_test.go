package main

import (
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// Events carry whole seconds, and come in any order: each is told once, and again when it is repeated.
func TestEventsAreToldOnce(t *testing.T) {
	at := time.Unix(1000, 0)
	event := func(reason string, at time.Time, count int32) state.Event {
		return state.Event{Time: at, Reason: reason, Kind: "Pod", Name: "p", Count: count}
	}
	e, known := events{}, map[told]bool{}
	for _, step := range []struct {
		now  []state.Event // newest first
		want []string
	}{
		{[]state.Event{event("Scheduled", at, 1)}, []string{"Scheduled"}},
		{[]state.Event{event("Pulled", at, 1), event("Scheduled", at, 1)}, []string{"Pulled"}},
		{[]state.Event{event("Pulled", at, 1), event("Scheduled", at, 1), event("Older", at.Add(-time.Minute), 1)}, []string{"Older"}},
		{[]state.Event{event("Pulled", at.Add(time.Second), 2), event("Scheduled", at, 1)}, []string{"Pulled"}},
		{[]state.Event{event("Pulled", at.Add(time.Second), 2)}, nil},
	} {
		got := e.choose(&state.Snapshot{Events: step.now}, -1, known)
		if len(got) != len(step.want) {
			t.Fatalf("%v, want %v", got, step.want)
		}
		for i, name := range step.want {
			if got[i].Reason != name {
				t.Errorf("%v, want %v", got, step.want)
			}
		}
	}
}
