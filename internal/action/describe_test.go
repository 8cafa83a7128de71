package action

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

func spec(n int) chain.Spec {
	s := chain.Default()
	s.Resize(n)
	return s
}

func step(verb write.Verb, kind manifests.Kind, name string) write.Step {
	return write.Step{ID: manifests.ID{Kind: kind, Name: name}, Verb: verb}
}

func TestDescribeResize(t *testing.T) {
	p := &write.Plan{
		Action: "resize 6 → 8", Number: 2, Base: &chain.Release{Number: 1}, Before: spec(6), Spec: spec(8), Publish: true,
		LiveNow: chain.Live{Order: chain.NewOrder(6)}, Live: chain.Live{Order: chain.NewOrder(8)},
		Steps: []write.Step{
			step(write.Change, manifests.ConfigMap, "chain-link-services"),
			step(write.Create, manifests.Service, "chain-link-service-6"), step(write.Create, manifests.Service, "chain-link-service-7"),
			step(write.Create, manifests.NetworkPolicy, "chain-link-6"), step(write.Create, manifests.NetworkPolicy, "chain-link-7"),
			step(write.Keep, manifests.Deployment, "chain-link-deployment-0"),
		},
	}
	want := Plan{Title: "resize 6 → 8", Lines: []PlanLine{
		{"links", "6 → 8"},
		{"new", "2 Services, 2 NetworkPolicies"},
		{"changed", "1 ConfigMap"},
		{"live", "order of 8 links"},
		{"untouched", "1 object"},
		{"pods", "all running ones stay; no request is lost"},
	}}
	if diff := cmp.Diff(want, Describe(p)); diff != "" {
		t.Error(diff)
	}
	if got := Undo(p, ""); got != "chaintui resize 6" {
		t.Errorf("undo: %s", got)
	}
}

func TestDescribeNothing(t *testing.T) {
	p := &write.Plan{Action: "deploy", Base: &chain.Release{Number: 1}, Before: spec(3), Spec: spec(3),
		Steps: []write.Step{step(write.Keep, manifests.Deployment, "chain-link-deployment-0")}}
	got := Describe(p)
	if !got.Nothing || Undo(p, "") != "" || len(got.Lines) != 1 {
		t.Errorf("%+v, undo %q", got, Undo(p, ""))
	}
}

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
	}{
		{"a new fault", live(nil, 5), live(chain.Faults{order[2]: slow}, 5), "chaintui fault 2 --clear"},
		{"a fault that went", live(chain.Faults{order[2]: slow}, 5), live(nil, 5), "chaintui fault 2 --latency 150ms"},
		{"the load", live(nil, 5), live(nil, 50), "chaintui load 5"},
		{"links that differed", live(chain.Faults{order[1]: slow}, 5), live(chain.Faults{order[0]: slower, order[1]: slower, order[2]: slower}, 5),
			"chaintui fault 0 2 --clear && chaintui fault 1 --latency 150ms"},
		{"the load's concurrency", chain.Live{Order: order, Load: &chain.Load{Rate: 5, Concurrency: 8, Jitter: true}},
			chain.Live{Order: order, Load: &chain.Load{Rate: 5, Concurrency: 99}}, "chaintui load 5 --concurrency 8 --jitter"},
	} {
		p := &write.Plan{Action: tc.name, LiveNow: tc.from, Live: tc.to, Publish: true}
		if got := Undo(p, ""); got != tc.want {
			t.Errorf("%s: %q; want %q", tc.name, got, tc.want)
		}
	}
}

// A command is for the chain that was changed, wherever it is pasted. What an adopted chain was before has no release.
func TestUndoNamesTheChain(t *testing.T) {
	p := &write.Plan{Action: "deploy", Number: 2, Base: &chain.Release{Number: 1}, Steps: []write.Step{step(write.Change, manifests.Service, "s")}}
	if got := Undo(p, " --namespace demo"); got != "chaintui rollback --to 1 --namespace demo" {
		t.Error(got)
	}
	p.Action, p.Base = "adopt", nil
	if got := Undo(p, ""); got != "" {
		t.Errorf("an adopted chain: %s", got)
	}
}
