package tour

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// found is a healthy chain of n links at release 3, with a load of 5 requests per second.
func found(n int) *state.Snapshot {
	spec := chain.Default()
	spec.Image = "registry:5000/link:v1@sha256:abc"
	spec.Resize(n)
	return at(&state.Snapshot{
		Origin: state.Ours, Conn: state.Conn{Phase: state.Live}, Load: &state.Workload{Exists: true},
		Releases: []chain.Release{{Number: 3, Spec: spec, Outcome: chain.Healthy}},
		Live:     chain.Live{Load: &chain.Load{Rate: 5}},
	})
}

// at is the chain as its newest release wants it.
func at(s *state.Snapshot) *state.Snapshot {
	spec := s.Releases[0].Spec
	s.Live.Order, s.Links = spec.Order(), nil
	for i := range spec.Links {
		l := state.Link{Index: i, Fault: s.Live.Faults[chain.ServiceName(i)]}
		l.Service, l.Status, l.Image = chain.ServiceName(i), state.Ready, spec.ImageOf(i)
		if strings.HasSuffix(l.Image, badImage) {
			l.Status, l.Reason = state.Failing, "ImagePullBackOff"
		}
		s.Links = append(s.Links, l)
	}
	return s
}

func commands(acts []Act) []string {
	var out []string
	for _, a := range acts {
		out = append(out, a.Command())
	}
	return out
}

func begin(t *testing.T, s *state.Snapshot) Beginning {
	t.Helper()
	b, err := Of(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatDiffersIsUndone(t *testing.T) {
	slow := chain.Fault{Latency: chain.Duration(150 * time.Millisecond)}
	old := chain.Fault{Sleep: chain.Duration(2 * time.Second), SleepRate: 0.25, Seed: 7, Status: 503} // a status nobody gets
	was := chain.Faults{chain.ServiceName(1): old}
	release := func(s *state.Snapshot, outcome chain.Outcome, change func(*chain.Spec)) {
		spec := s.Releases[0].Spec.Clone()
		change(&spec)
		s.Releases = append([]chain.Release{{Number: s.Releases[0].Number + 1, Spec: spec, Outcome: outcome}}, s.Releases...)
	}
	for _, tc := range []struct {
		name   string
		change func(*state.Snapshot)
		unsure []string
		want   []string
	}{
		{"nothing", func(*state.Snapshot) {}, nil, nil},
		{"a fault", func(s *state.Snapshot) {
			s.Live.Faults = chain.Faults{chain.ServiceName(1): old, chain.ServiceName(2): slow}
		}, nil,
			[]string{"chaintui fault 2 --clear"}},
		{"a fault over another", func(s *state.Snapshot) {
			s.Live.Faults = chain.Faults{chain.ServiceName(0): slow, chain.ServiceName(1): slow, chain.ServiceName(3): slow}
		}, nil, []string{"chaintui fault 0 3 --clear", "chaintui fault 1 --seed 7 --sleep 2s --sleep-rate 0.25"}},
		{"load", func(s *state.Snapshot) { s.Live.Load = &chain.Load{Rate: 50} }, nil, []string{"chaintui load 5"}},
		{"grown", func(s *state.Snapshot) {
			release(s, chain.Healthy, func(spec *chain.Spec) { spec.Resize(8) })
			s.Live.Faults = chain.Faults{chain.ServiceName(1): old, chain.ServiceName(7): slow} // of a link that goes
		}, nil, []string{"chaintui rollback --to 3"}},
		{"an image", func(s *state.Snapshot) {
			release(s, chain.Applied, func(spec *chain.Spec) { spec.Links[2].Image = "x" })
		}, nil, []string{"chaintui rollback --to 3"}},
		{"rolled back", func(s *state.Snapshot) { release(s, chain.Healthy, func(*chain.Spec) {}) }, nil, nil},
		{"a rollback that was cut off", func(s *state.Snapshot) { release(s, chain.Interrupted, func(*chain.Spec) {}) }, nil,
			[]string{"chaintui rollback --to 3"}},
		{"what is not known", func(*state.Snapshot) {}, []string{"load", "rollback"}, []string{"chaintui rollback --to 3", "chaintui load 5"}},
		{"a deleted chain", func(s *state.Snapshot) { *s = state.Snapshot{} }, nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := found(4)
			s.Live.Faults = was
			b := begin(t, s)
			tc.change(s)
			if diff := cmp.Diff(tc.want, commands(b.Undo(s, tc.unsure...))); diff != "" {
				t.Error(diff)
			}
		})
	}
	s := found(4)
	s.Live.Faults = was
	want := []string{"chaintui rollback --to 3", "chaintui fault 0 2 3 --clear", "chaintui fault 1 --seed 7 --sleep 2s --sleep-rate 0.25", "chaintui load 5"}
	if diff := cmp.Diff(want, commands(begin(t, s).Undo(nil))); diff != "" {
		t.Errorf("without a snapshot: %s", diff)
	}
}

func TestWhatNoTourBeginsWith(t *testing.T) {
	for want, change := range map[string]func(*state.Snapshot){
		"chaintui deploy":   func(s *state.Snapshot) { *s = state.Snapshot{Namespace: "demo"} },
		"chaintui adopt":    func(s *state.Snapshot) { s.Origin = state.Original },
		"chaintui resize 4": func(s *state.Snapshot) { s.Links = s.Links[:1] },
		"can't be read":     func(s *state.Snapshot) { s.LiveErr = "bad JSON" },
		"is under way":      func(s *state.Snapshot) { s.Releases[0].Outcome = chain.Pending },
	} {
		s := found(3)
		change(s)
		if _, err := Of(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %s", err, want)
		}
	}
}
