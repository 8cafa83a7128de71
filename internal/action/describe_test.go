package action

import (
	"testing"

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
