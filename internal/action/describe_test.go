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

func TestSentence(t *testing.T) {
	order := chain.NewOrder(3)
	slow := chain.Faults{order[2]: chain.Fault{Latency: chain.Duration(150 * time.Millisecond)}}
	for name, test := range map[string]struct {
		plan write.Plan
		done write.Result
		want string
	}{
		"grown":  {write.Plan{Action: "resize 3 → 5", Number: 2}, write.Result{Release: 2, Created: 6, Changed: 2}, "resize 3 → 5: release 2: 6 objects created, 2 changed"},
		"rolled": {write.Plan{Action: "scale link 1 to 2", Number: 3}, write.Result{Release: 3, Changed: 1}, "scale link 1 to 2: release 3: 1 object changed"},
		"noted":  {write.Plan{Action: "deploy", Number: 4}, write.Result{Release: 4, Notes: []string{"so it is"}}, "deploy: release 4; so it is"},
		"a load": {write.Plan{Action: "load", Publish: true, Live: chain.Live{Load: &chain.Load{Rate: 20}}, LiveNow: chain.Live{Load: &chain.Load{Rate: 5}}},
			write.Result{Changed: 1}, "load 5 → 20 req/s"},
		"a fault": {write.Plan{Action: "fault link 2: latency=150ms", Publish: true, Live: chain.Live{Order: order, Faults: slow}, LiveNow: chain.Live{Order: order}},
			write.Result{Changed: 1}, "fault of link 2: none → latency=150ms"},
		"as it was": {write.Plan{Action: "load", Live: chain.Live{Load: &chain.Load{Rate: 5}}}, write.Result{}, "load: nothing was changed"},
	} {
		if got := Sentence(&test.plan, test.done); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
