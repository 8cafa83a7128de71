//go:build e2e

package write_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func TestAConflictNamesTheOther(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	patch := []byte(`{"spec":{"template":{"spec":{"containers":[{"name":"chain-link","image":"edited:1"}]}}}}`)
	_, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).
		Patch(b.ctx, chain.DeploymentName(1), types.StrategicMergePatchType, patch, metav1.PatchOptions{FieldManager: "kubectl-edit"})
	if err != nil {
		t.Fatal(err)
	}
	drifts, _, err := b.writer.Drift(b.ctx)
	if err != nil || len(drifts) != 1 || !strings.Contains(drifts[0].String(), "changed by kubectl-edit") {
		t.Errorf("drift: %v, %v", drifts, err)
	}
	plan, err := b.writer.Plan(b.ctx, deploy(2))
	if err != nil {
		t.Fatal(err)
	}
	diff, err := b.writer.Diff(b.ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	if text := diff.String(); !strings.Contains(text, "image: edited:1\n") || strings.Count(text, "\n-") != 1 || len(diff.Conflicts) != 1 ||
		!strings.HasPrefix(diff.Conflicts[0], "deployment/chain-link-deployment-1 is also managed by kubectl-edit: ") {
		t.Errorf("diff: %q\n%s", diff.Conflicts, text)
	}
	_, err = b.writer.Run(b.ctx, plan, true)
	conflict, ok := errors.AsType[*kube.Conflict](err)
	if !ok || !slices.Contains(conflict.Managers, "kubectl-edit") {
		t.Fatalf("%v", err)
	}
	b.writer = b.with(write.Options{Force: true})
	b.change(deploy(2))
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("drift after forcing: %v, %v", drifts, err)
	}
}

// A Service whose port somebody moved has that port beside ours once ours is applied, which the API server refuses: forced,
// theirs goes.
func TestAPortThatSomebodyMoved(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	patch := []byte(`[{"op":"replace","path":"/spec/ports/0/port","value":81}]`)
	_, err := kubetest.Clientset(b.cluster).CoreV1().Services(b.cluster.Namespace).
		Patch(b.ctx, chain.ServiceName(1), types.JSONPatchType, patch, metav1.PatchOptions{FieldManager: "kubectl-patch"})
	if err != nil {
		t.Fatal(err)
	}
	b.writer = b.with(write.Options{Force: true})
	b.change(deploy(2))
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("drift after forcing: %v, %v", drifts, err)
	}
}

// A rollout that somebody else paused is drift, and is resumed when the user says to take it over.
func TestARolloutThatSomebodyPaused(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	_, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).
		Patch(b.ctx, chain.DeploymentName(1), types.MergePatchType, []byte(`{"spec":{"paused":true}}`), metav1.PatchOptions{FieldManager: "kubectl-rollout"})
	if err != nil {
		t.Fatal(err)
	}
	drifts, _, err := b.writer.Drift(b.ctx)
	if err != nil || len(drifts) != 1 || !strings.Contains(drifts[0].String(), ".spec.paused is true, not false (changed by kubectl-rollout)") {
		t.Errorf("drift: %v, %v", drifts, err)
	}
	_, _, err = b.writer.Change(b.ctx, write.Resume(nil), true)
	if conflict, ok := errors.AsType[*kube.Conflict](err); !ok || !slices.Contains(conflict.Managers, "kubectl-rollout") {
		t.Errorf("%v", err)
	}
	b.writer = b.with(write.Options{Force: true})
	b.change(write.Resume(nil))
	if plan, err := b.writer.Plan(b.ctx, deploy(2)); err != nil || !plan.Nothing() {
		t.Errorf("%v, %v", plan.Lines(), err)
	}
	b.change(write.Pause([]int{0}))
	b.change(write.Resume([]int{0}))
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v", drifts, err)
	}
}

// A fault that somebody wrote into the ConfigMap is not cleared behind their back, nor does clearing it do nothing.
func TestClearingAFaultThatWasSetByHand(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	patch := []byte(`{"data":{"faults.json":"{\"chain-link-service-1\":{\"errorRate\":1}}"}}`)
	_, err := kubetest.Clientset(b.cluster).CoreV1().ConfigMaps(b.cluster.Namespace).
		Patch(b.ctx, chain.ConfigMap, types.MergePatchType, patch, metav1.PatchOptions{FieldManager: "kubectl-edit"})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = b.writer.Change(b.ctx, write.SetFaults(nil, chain.Fault{}), true)
	conflict, ok := errors.AsType[*kube.Conflict](err)
	if !ok || !slices.Contains(conflict.Managers, "kubectl-edit") {
		t.Errorf("%v", err)
	}
	b.writer = b.with(write.Options{Force: true})
	b.change(write.SetFaults(nil, chain.Fault{}))
	if live := b.live(); len(live.Faults) > 0 {
		t.Errorf("%+v", live)
	}
}

// Live settings that somebody wrote in other words, with the same meaning, are nobody's to take over, and no drift.
func TestSettingsWrittenOtherwiseByHand(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	patch := []byte(`{"data":{"faults.json":"{ }\n","services.json":"[\"chain-link-service-0\", \"chain-link-service-1\"]"}}`)
	_, err := kubetest.Clientset(b.cluster).CoreV1().ConfigMaps(b.cluster.Namespace).
		Patch(b.ctx, chain.ConfigMap, types.MergePatchType, patch, metav1.PatchOptions{FieldManager: "kubectl-edit"})
	if err != nil {
		t.Fatal(err)
	}
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("drift: %v, %v", drifts, err)
	}
	b.change(write.SetLoad(func(l *chain.Load) { l.Rate = 2 }))
	b.change(write.Redeploy([]int{1}, ""))
	if p, err := b.writer.Plan(b.ctx, write.Deploy(specOf(2), nil, nil)); err != nil || !p.Nothing() {
		t.Errorf("%v, %v", p.Lines(), err)
	}
}

// Whoever makes the release wins, and the cluster is wholly theirs.
func TestOneOfTwoWins(t *testing.T) {
	b := newBench(t)
	b.change(deploy(6))
	for round := range 3 {
		errs := make([]error, 2)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() {
				in := write.Deploy(specOf(6), func(s *chain.Spec) error {
					s.LinkPods.Annotations = map[string]string{"winner": string(rune('a'+i)) + string(rune('0'+round))}
					return nil
				}, nil)
				_, _, errs[i] = b.with(write.Options{}).Change(b.ctx, in, true)
			})
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			superseded, lost := errors.AsType[*write.Superseded](err)
			switch {
			case err == nil:
				won++
			case !lost || superseded.Release.Author == "":
				t.Errorf("round %d: %v", round, err)
			}
		}
		c, err := b.writer.Read(b.ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := c.Base().Spec.LinkPods.Annotations["winner"]
		if won == 0 {
			t.Errorf("round %d: nobody won: %v", round, errs)
		}
		for i := range 6 {
			d, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).Get(b.ctx, chain.DeploymentName(i), metav1.GetOptions{})
			if err != nil || d.Spec.Template.Annotations["winner"] != want {
				t.Errorf("round %d: link %d is of %v, not of %s; %v", round, i, d.Spec.Template.Annotations["winner"], want, err)
			}
		}
		t.Logf("round %d: %v won, %d without an error: %v", round, want, won, errs)
	}
}

// The second begins while the first is at work: the first stops, says so, and touches nothing any more.
func TestTheLaterOneTakesOver(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	begun := make(chan struct{})
	var once sync.Once
	first := b.with(write.Options{Progress: func(e write.Event) {
		if e.Step == "waiting for the new links" {
			once.Do(func() { close(begun) })
		}
	}})
	var firstErr error
	var group sync.WaitGroup
	group.Go(func() { _, _, firstErr = first.Change(b.ctx, write.Resize(6), true) })
	<-begun
	_, result := b.change(write.Resize(3))
	group.Wait()
	superseded, ok := errors.AsType[*write.Superseded](firstErr)
	if !ok || superseded.Release.Number != result.Release {
		t.Errorf("the first: %v; the second made %d", firstErr, result.Release)
	}
	if c, err := b.writer.Read(b.ctx); err != nil || len(b.live().Order) != 3 || len(c.Base().Spec.Links) != 3 {
		t.Errorf("%v, %v", b.live().Order, err)
	}
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v", drifts, err)
	}
}

// A load or a fault that somebody sets while the links load a shorter order takes the shrink's configuration away before
// all of them have shown it.
func TestALiveChangeDuringAShrink(t *testing.T) {
	b := newBench(t)
	b.change(deploy(4))
	other := write.New(b.cluster, write.Options{Watcher: b.watcher})
	var once sync.Once
	var otherErr error
	shrinking := b.with(write.Options{Progress: func(e write.Event) {
		if e.Step == "the links load the new configuration" {
			once.Do(func() {
				_, _, otherErr = other.Change(b.ctx, write.SetLoad(func(l *chain.Load) { l.Rate = 7 }), true)
			})
		}
	}})
	if _, result, err := shrinking.Change(b.ctx, write.Resize(2), true); err != nil || otherErr != nil {
		t.Fatalf("%v, %v; the other: %v", result, err, otherErr)
	}
	if live := b.live(); len(live.Order) != 2 || live.Load.Rate != 7 {
		t.Errorf("%+v", live)
	}
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v", drifts, err)
	}
}

// Whoever deletes the chain while another changes it has it to themselves: the other stops, and makes nothing any more.
func TestADeletionStopsAChange(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	begun := make(chan struct{})
	var once sync.Once
	growing := b.with(write.Options{Progress: func(e write.Event) {
		if e.Step == "waiting for the new links" {
			once.Do(func() { close(begun) })
		}
	}})
	var growErr error
	var group sync.WaitGroup
	group.Go(func() { _, _, growErr = growing.Change(b.ctx, write.Resize(6), true) })
	<-begun
	plan, err := b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	plan.DeleteNamespace = false // so that what is left shows
	result, err := b.writer.Run(b.ctx, plan, true)
	group.Wait()
	superseded, ok := errors.AsType[*write.Superseded](growErr)
	if err != nil || !ok || superseded.Release.Action != "delete" {
		t.Errorf("the deletion: %v, %v; the other: %v", result, err, growErr)
	}
	if c, err := b.writer.Read(b.ctx); err != nil || len(c.Objects) > 0 || c.Newest > 0 {
		t.Errorf("left: %v, release %d, %v", c.Objects, c.Newest, err)
	}
}

// Whoever deploys while a deletion is under way stops it, and has a whole chain in the end.
func TestADeployStopsADeletion(t *testing.T) {
	b := newBench(t)
	b.change(deploy(3))
	begun := make(chan struct{})
	var once sync.Once
	deleting := b.with(write.Options{Progress: func(e write.Event) {
		if e.Step == "waiting for the pods to end" {
			once.Do(func() { close(begun) })
		}
	}})
	plan, err := b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	var deleteErr error
	var group sync.WaitGroup
	group.Go(func() { _, deleteErr = deleting.Run(b.ctx, plan, true) })
	<-begun
	b.change(deploy(3))
	group.Wait()
	if superseded, ok := errors.AsType[*write.Superseded](deleteErr); !ok || superseded.Release.Action != "deploy" {
		t.Errorf("the deletion: %v", deleteErr)
	}
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v", drifts, err)
	}
}
