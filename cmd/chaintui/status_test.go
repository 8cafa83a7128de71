package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Pods that are ready are not enough: status names a link that no Service leads to, and its exit code says so.
func TestStatusOfALinkThatNobodyReaches(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*state.Snapshot)
		code  int
		note  string
	}{
		{"healthy", func(*state.Snapshot) {}, exitHealthy, ""},
		{"no Service", func(s *state.Snapshot) { s.Links[1].HasService = false }, exitUnhealthy, "NoService: its Service is missing"},
		{"no endpoints", func(s *state.Snapshot) { s.Links[1].Endpoints = 0 }, exitUnhealthy, "NoEndpoints: its Service has no endpoints"},
		{"not to be seen", func(s *state.Snapshot) {
			s.Links[1].Endpoints = 0
			s.Conn.Denied = []state.Denial{{Verb: "list", Resource: string(state.EndpointSlices)}}
		}, exitHealthy, ""},
		{"rolling", func(s *state.Snapshot) {
			s.Links[1].Status, s.Links[1].Message, s.Links[1].Endpoints = state.InProgress, "0 of 1 pods ready", 0
		}, exitUnhealthy, "0 of 1 pods ready"},
	} {
		s := &state.Snapshot{Conn: state.Conn{Phase: state.Live}}
		for i := range 2 {
			s.Links = append(s.Links, state.Link{Index: i, Workload: state.Workload{Service: chain.ServiceName(i), Status: state.Ready,
				Message: "1 of 1 pods ready", HasService: true, Endpoints: 1, Desired: 1, ReadyPods: 1}})
		}
		c.spoil(s)
		if code := exitCode(healthOf(s)); code != c.code {
			t.Errorf("%s: exit code %d; want %d", c.name, code, c.code)
		}
		var out strings.Builder
		if err := writeStatus(&out, statusOf(s), time.Now()); err != nil || !strings.Contains(out.String(), c.note) {
			t.Errorf("%s: %v\n%swant %q", c.name, err, &out, c.note)
		}
		if c.note == "" && strings.Contains(out.String(), "its Service") {
			t.Errorf("%s:\n%s", c.name, &out)
		}
	}
}
