//go:build e2e

package write_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

// adoption takes over what is there.
func (b *bench) adoption() write.Intent {
	b.t.Helper()
	c, err := b.writer.Read(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	in, err := write.Adopt(c, specOf(1))
	if err != nil {
		b.t.Fatal(err)
	}
	return in
}

func TestAdopt(t *testing.T) {
	b := newBench(t)
	kubetest.Original(t, b.cluster, strings.NewReplacer("COLLECTOR", image(), "IMAGE", image()))
	_, err := b.writer.Plan(b.ctx, deploy(3))
	if _, ok := errors.AsType[*write.Foreign](err); !ok {
		t.Fatalf("deploy over the original's chain: %v", err)
	}
	if _, err := b.writer.PlanDelete(b.ctx); err == nil {
		t.Error("would delete what is not ours")
	}
	in := b.adoption()
	if in.First.Collector != chain.Builtin { // as its arguments say: its image is not Zipkin's here
		t.Errorf("the collector is %s", in.First.Collector)
	}
	plan, _ := b.change(in)
	if plan.Count(write.Take) != 9 || len(plan.Spec.Links) != 3 {
		t.Errorf("%v", plan.Lines())
	}
	for i := range 3 {
		d, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).Get(b.ctx, chain.DeploymentName(i), metav1.GetOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range d.Spec.Template.Spec.Containers[0].Env {
			if e.Name == "LEFT_BEHIND" {
				t.Errorf("link %d keeps what the original wrote", i)
			}
		}
		if len(d.Spec.Template.Spec.Containers) != 1 || d.Spec.Template.Spec.Containers[0].ReadinessProbe.InitialDelaySeconds != 0 {
			t.Errorf("link %d: %+v", i, d.Spec.Template.Spec.Containers)
		}
	}
	b.change(write.Resize(4))
	if drifts, _, err := b.writer.Drift(b.ctx); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v", drifts, err)
	}
}

// A link's Deployment whose labels somebody took away is in the way of changes, but not of live ones; adopt puts it right.
func TestAdoptTakesBackWhatLostItsLabels(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	before := b.uids()
	patch := []byte(`{"metadata":{"labels":{"app.kubernetes.io/managed-by":null}}}`)
	_, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).
		Patch(b.ctx, chain.DeploymentName(1), types.MergePatchType, patch, metav1.PatchOptions{FieldManager: "kubectl-label"})
	if err != nil {
		t.Fatal(err)
	}
	b.change(write.SetLoad(func(l *chain.Load) { l.Rate = 2 }))
	if _, err := b.writer.Plan(b.ctx, write.Resize(3)); !errors.As(err, new(*write.Foreign)) {
		t.Errorf("%v", err)
	}
	in := b.adoption()
	if plan, _ := b.change(in); plan.Count(write.Take) != 1 || len(plan.Spec.Links) != 2 {
		t.Errorf("%v", plan.Lines())
	}
	b.restartedNobody(before)
	b.change(write.Resize(3))
}

// A chain that kubectl has applied from generate's files is chaintui's once it is adopted: no pod restarts, and no later
// change is in conflict with kubectl.
func TestAdoptWhatKubectlApplied(t *testing.T) {
	b := newBench(t)
	b.namespace()
	spec := specOf(3)
	objects, err := manifests.Objects(spec, b.cluster.Namespace, chain.Live{Order: spec.Order(), Load: &chain.Load{Rate: 5}})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		object := &unstructured.Unstructured{}
		if err := json.Unmarshal(o.Body, &object.Object); err != nil {
			t.Fatal(err)
		}
		_, err := kubetest.Dynamic(b.cluster).Resource(o.Kind.Resource()).Namespace(o.Namespace).
			Create(b.ctx, object, metav1.CreateOptions{FieldManager: "kubectl-client-side-apply"})
		if err != nil {
			t.Fatal(err)
		}
	}
	running := func(s *state.Snapshot) (bool, error) {
		ready, total := s.Counts()
		return ready == 3 && total == 3, nil
	}
	if err := b.watcher.Wait(b.ctx, running); err != nil {
		t.Fatal(err)
	}
	before := b.uids()
	in := b.adoption()
	if plan, result := b.change(in); plan.Nothing() || result.Release != 1 {
		t.Errorf("%v, %v", plan.Lines(), result)
	}
	b.change(write.SetFaults([]int{1}, chain.Fault{Latency: chain.Duration(time.Millisecond)}))
	b.change(write.SetLoad(func(l *chain.Load) { l.Rate = 9 }))
	b.change(write.Resize(2))
	b.restartedNobody(before)
	b.change(write.Redeploy([]int{0}, ""))
}
