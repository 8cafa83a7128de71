package action

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

func TestUndoOfLiveSettings(t *testing.T) {
	order := chain.NewOrder(3)
	slow := chain.Fault{Latency: chain.Duration(150 * time.Millisecond)}
	slower := chain.Fault{Latency: chain.Duration(time.Second)}
	live := func(f chain.Faults, rate float64) chain.Live {
		return chain.Live{Order: order, Faults: f, Load: &chain.Load{Rate: rate}}
	}
	for _, tc := range []struct {
		name     string
		from, to chain.Live
		want     string
		by       *Step
	}{
		{"a new fault", live(nil, 5), live(chain.Faults{order[2]: slow}, 5), "chaintui fault 2 --clear", &Step{"clear-fault", Args{"links": "2"}}},
		{"a fault that went", live(chain.Faults{order[2]: slow}, 5), live(nil, 5), "chaintui fault 2 --latency 150ms",
			&Step{"fault", Args{"links": "2", "latency": "150ms"}}},
		{"the load", live(nil, 5), live(nil, 50), "chaintui load 5", &Step{"load", Args{"rate": "5"}}},
		{"links that differed", live(chain.Faults{order[1]: slow}, 5), live(chain.Faults{order[0]: slower, order[1]: slower, order[2]: slower}, 5),
			"chaintui fault 0 2 --clear && chaintui fault 1 --latency 150ms", nil},
		{"the load's concurrency", chain.Live{Order: order, Load: &chain.Load{Rate: 5, Concurrency: 8, Jitter: true}},
			chain.Live{Order: order, Load: &chain.Load{Rate: 5, Concurrency: 99}}, "chaintui load 5 --concurrency 8 --jitter", nil},
		{"the load's concurrency, which was the default", live(nil, 5), chain.Live{Order: order, Load: &chain.Load{Rate: 5, Concurrency: 99}},
			"chaintui load 5 --concurrency 256", nil},
	} {
		p := &write.Plan{Action: tc.name, LiveNow: tc.from, Live: tc.to, Publish: true}
		if got := Undo(p, ""); got != tc.want {
			t.Errorf("%s: %q; want %q", tc.name, got, tc.want)
		}
		if diff := cmp.Diff(tc.by, UndoStep(p)); diff != "" {
			t.Errorf("%s: %s", tc.name, diff)
		}
	}
}

// A change of both is taken back in both: a rollback keeps live settings, and a resize makes links without their own.
func TestUndoOfReleases(t *testing.T) {
	slow := chain.Fault{Latency: chain.Duration(150 * time.Millisecond)}
	own, paused := spec(4), spec(3)
	own.Links[3].Image, paused.Links[0].Paused = "own:1", true
	live := func(n int, rate float64, f chain.Faults) chain.Live {
		return chain.Live{Order: chain.NewOrder(n), Load: &chain.Load{Rate: rate}, Faults: f}
	}
	for _, tc := range []struct {
		name, action string
		before, spec chain.Spec
		from, to     chain.Live
		want         string
	}{
		{"the rate alone", "deploy", spec(3), spec(3), live(3, 1, nil), live(3, 50, nil), "chaintui load 1"},
		{"the rate and more", "deploy", spec(3), paused, live(3, 1, nil), live(3, 50, nil), "chaintui rollback --to 7 && chaintui load 1"},
		{"faults that were cleared", "deploy", spec(3), paused, live(3, 1, chain.Faults{chain.ServiceName(2): slow}), live(3, 1, nil),
			"chaintui rollback --to 7 && chaintui fault 2 --latency 150ms"},
		{"what was put right", "deploy", spec(3), spec(3), live(3, 1, nil), live(3, 1, nil), ""},
		{"grown", "resize 3 → 4", spec(3), spec(4), live(3, 1, nil), live(4, 1, nil), "chaintui resize 3"},
		{"a link with an image of its own went", "resize 4 → 3", own, spec(3), live(4, 1, nil), live(3, 1, nil), "chaintui rollback --to 7"},
		{"a link with a fault went", "resize 4 → 3", spec(4), spec(3), live(4, 1, chain.Faults{chain.ServiceName(3): slow}), live(3, 1, nil),
			"chaintui resize 4 && chaintui fault 3 --latency 150ms"},
	} {
		p := &write.Plan{Action: tc.action, Number: 8, Base: &chain.Release{Number: 7}, Before: tc.before, Spec: tc.spec, LiveNow: tc.from, Live: tc.to,
			Steps: []write.Step{step(write.Change, manifests.Service, "s")}}
		p.Spec.CreatedNS = true
		if got := Undo(p, ""); got != tc.want {
			t.Errorf("%s: %q; want %q", tc.name, got, tc.want)
		}
	}
}

// What a deletion took away no command brings back.
func TestNoUndoOfADeletion(t *testing.T) {
	faulty := chain.Live{Order: chain.NewOrder(1), Faults: chain.Faults{chain.ServiceName(0): {ErrorRate: 1}}}
	p, err := write.MakeDelete(&write.Current{Namespace: "demo", Config: faulty.Data(), Ours: true, Exists: true})
	if err != nil || p.Nothing() || Undo(p, "") != "" {
		t.Errorf("%q, %v", Undo(p, ""), err)
	}
}

// A command is for the chain that was changed, wherever it is pasted. What an adopted chain was before has no release.
func TestUndoNamesTheChain(t *testing.T) {
	p := &write.Plan{Action: "deploy", Number: 2, Base: &chain.Release{Number: 1}, Before: spec(2), Spec: spec(3), Steps: []write.Step{step(write.Change, manifests.Service, "s")}}
	if got := Undo(p, " --namespace demo"); got != "chaintui rollback --to 1 --namespace demo" {
		t.Error(got)
	}
	p.Action, p.Base = "adopt", nil
	if got := Undo(p, ""); got != "" {
		t.Errorf("an adopted chain: %s", got)
	}
}
