package write

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// seen is a Watcher whose Snapshot never changes.
type seen struct{ s *state.Snapshot }

func (w seen) Wait(ctx context.Context, check func(*state.Snapshot) (bool, error)) error {
	if done, err := check(w.s); done || err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

// running is the Snapshot of a chain by spec, every link of which is ready.
func running(spec chain.Spec) *state.Snapshot {
	ready := func(name, service string) state.Workload {
		return state.Workload{Name: name, Service: service, Status: state.Ready, Exists: true, Desired: 1, Endpoints: 1,
			Since: time.Now().Add(-time.Hour)}
	}
	s := &state.Snapshot{Conn: state.Conn{Phase: state.Live}}
	for i := range spec.Links {
		s.Links = append(s.Links, state.Link{Index: i, Workload: ready(chain.DeploymentName(i), chain.ServiceName(i))})
	}
	collector, load := ready(chain.CollectorDeployment, chain.CollectorService), ready(chain.LoadGenerator, chain.LoadGenerator)
	s.Collect, s.Load = &collector, &load
	return s
}

// A change that changes nothing of a broken chain does not say that all is well.
func TestAnUnchangedChainIsWaitedForAsWell(t *testing.T) {
	c := deployed(t, testSpec(3), 4)
	c.Releases[0].Outcome = chain.Unhealthy
	deploy := Deploy(testSpec(3), nil, nil)
	for _, tc := range []struct {
		name   string
		intent Intent
		broken bool
		wait   bool
		fails  bool
	}{
		{"healthy", deploy, false, true, false},
		{"broken", deploy, true, true, true},
		{"broken, not waited for", deploy, true, false, false},
		{"broken, live settings", SetFaults(nil, chain.Fault{}), true, true, false},
	} {
		s := running(testSpec(3))
		if tc.broken {
			s.Links[1].Status, s.Links[1].Reason = state.Failing, "ImagePullBackOff"
		}
		p, err := Make(c, tc.intent)
		if err != nil || p.Number != 0 || !p.Nothing() {
			t.Fatalf("%s: %v, %v", tc.name, p, err)
		}
		result, err := New(&kube.Cluster{}, Options{Watcher: seen{s}}).Run(t.Context(), p, tc.wait)
		if _, unready := errors.AsType[*Unready](err); unready != tc.fails || !tc.fails && err != nil || result.String() != "nothing was changed" {
			t.Errorf("%s: %v, %v", tc.name, result, err)
		}
	}
}

// A paused link may be left as it is, but requests are sent only to one that has pods.
func TestAPausedLinkJoinsOnlyWithPods(t *testing.T) {
	spec := testSpec(3)
	spec.Links[2].Paused = true
	r := &run{Plan: &Plan{Spec: spec, Added: []int{2}}}
	for endpoints, want := range map[int]bool{0: false, 1: true} {
		s := running(spec)
		s.Links[2].Status, s.Links[2].Endpoints = state.Paused, endpoints
		if wants := r.joining()(s); len(wants) != 1 || wants[0].met(nil) != want {
			t.Errorf("with %d endpoints it joins: %v", endpoints, !want)
		}
		if wants := r.all()(s); !wants[2].met(nil) {
			t.Errorf("with %d endpoints it is not as it should be", endpoints)
		}
	}
}

// Without the right to list EndpointSlices, ready pods have to do.
func TestWhoMayNotSeeEndpointsDoesNotWaitForThem(t *testing.T) {
	spec := testSpec(2)
	s := running(spec)
	for i := range s.Links {
		s.Links[i].Endpoints = 0
	}
	s.Collect.Endpoints = 0
	wait := func() (messages int, err error) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		w := New(&kube.Cluster{}, Options{Watcher: seen{s}, Progress: func(e Event) {
			if e.Message != "" {
				messages++
			}
		}})
		err = w.waitFor(ctx, "waiting", nil, func(s *state.Snapshot) []want { return wholeChain(s, &spec) })
		return messages, err
	}
	if _, err := wait(); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "link 0 is ready: its Service has no endpoints") {
		t.Errorf("without endpoints: %v", err)
	}
	s.Conn.Denied = []state.Denial{{Verb: "list", Resource: string(state.EndpointSlices), Namespace: "demo"}}
	if messages, err := wait(); err != nil || messages != 1 {
		t.Errorf("without the right to see them: %v, %d messages", err, messages)
	}
}

// series is a Watcher that shows one Snapshot after the other.
type series []*state.Snapshot

func (w series) Wait(ctx context.Context, check func(*state.Snapshot) (bool, error)) error {
	for _, s := range w {
		if done, err := check(s); done || err != nil {
			return err
		}
	}
	<-ctx.Done()
	return ctx.Err()
}

// A namespace that is deleted while the chain is waited for ends the wait; one that the Snapshot doesn't know yet does not.
func TestANamespaceThatIsDeletedEndsTheWait(t *testing.T) {
	spec := testSpec(1)
	none := &state.Snapshot{Namespace: "demo", NoNamespace: true, Conn: state.Conn{Phase: state.Live}}
	unknown := &state.Snapshot{Namespace: "demo", Conn: state.Conn{Phase: state.Live}}
	begun := &state.Snapshot{Namespace: "demo", Origin: state.Ours, Conn: state.Conn{Phase: state.Live}}
	wait := func(seen ...*state.Snapshot) error {
		w := New(&kube.Cluster{}, Options{Watcher: series(seen)})
		return w.waitFor(t.Context(), "waiting", nil, func(s *state.Snapshot) []want { return wholeChain(s, &spec) })
	}
	for _, before := range [][]*state.Snapshot{{none, unknown}, {unknown, none}, {none, begun}, {unknown, none, begun}} {
		if err := wait(append(before, running(spec))...); err != nil {
			t.Errorf("made a moment ago: %v", err)
		}
	}
	if _, ok := errors.AsType[*Ending](wait(none, begun, none)); !ok {
		t.Error("deleted meanwhile: the wait does not end with *Ending")
	}
}
