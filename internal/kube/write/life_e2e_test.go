//go:build e2e

package write_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func TestDeployChangeDelete(t *testing.T) {
	b := newBench(t)
	p, _ := b.change(deploy(3))
	if p.Number != 1 || !p.CreateNamespace {
		t.Errorf("release %d, creates the namespace: %v", p.Number, p.CreateNamespace)
	}
	if len(b.warnings) > 0 {
		t.Errorf("warnings of the API server: %q", b.warnings)
	}
	again, err := b.writer.Plan(b.ctx, deploy(3))
	if err != nil || !again.Nothing() {
		t.Errorf("a second deploy of the same would do something: %v, %v", again.Steps, err)
	}
	before := b.uids()
	b.change(write.Resize(5))
	after := b.uids()
	for name, uid := range before {
		if after[name] != uid {
			t.Errorf("growing replaced %s", name)
		}
	}
	if len(after) != len(before)+2 {
		t.Errorf("%d pods after growing by 2, %d before", len(after), len(before))
	}
	b.change(write.Resize(2))
	b.restartedNobody(before)
	b.change(write.Redeploy(nil, ""))
	for name := range b.uids() {
		if _, old := before[name]; old && name[:5] == "chain" {
			t.Errorf("redeploy left %s", name)
		}
	}
	plan, err := b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := b.writer.Run(b.ctx, plan, true); err != nil || !plan.DeleteNamespace {
		t.Errorf("%v, %v", result, err)
	}
	_, err = kubetest.Clientset(b.cluster).CoreV1().Namespaces().Get(b.ctx, b.cluster.Namespace, metav1.GetOptions{})
	if !apierrors.IsNotFound(err) {
		t.Errorf("the namespace is left: %v", err)
	}
}

func TestLiveSettingsAreThereWithoutARestart(t *testing.T) {
	b := newBench(t)
	b.change(deploy(3))
	before := b.uids()
	b.settle() // the kubelet looks at a pod at most once a second; its start was just now
	began := time.Now()
	_, result := b.change(write.SetFaults([]int{1}, chain.Fault{ErrorRate: 0.5, Status: 503}))
	t.Logf("the fault was in force after %v", time.Since(began)) // less than a second on a machine of its own
	if took := time.Since(began); took > 20*time.Second || len(result.Notes) > 0 || result.Release != 0 {
		t.Errorf("a fault took %v: %+v", took, result)
	}
	b.settle()
	b.change(write.SetLoad(func(l *chain.Load) { l.Rate = 3 }))
	live := b.live()
	if live.Load.Rate != 3 || live.Faults[chain.ServiceName(1)].Status != 503 {
		t.Errorf("%+v", live)
	}
	b.change(write.SetFaults(nil, chain.Fault{}))
	if live = b.live(); len(live.Faults) > 0 || live.Load.Rate != 3 {
		t.Errorf("%+v", live)
	}
	b.restartedNobody(before)
}

func TestAnExistingNamespaceIsAsBefore(t *testing.T) {
	b := newBench(t)
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: b.cluster.Namespace, Labels: map[string]string{"team": "a"}}}
	namespaces, maps := kubetest.Clientset(b.cluster).CoreV1().Namespaces(), kubetest.Clientset(b.cluster).CoreV1().ConfigMaps(b.cluster.Namespace)
	if _, err := namespaces.Create(b.ctx, ns, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	theirs, err := maps.Create(b.ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "theirs"}}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	before, err := namespaces.Get(b.ctx, ns.Name, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b.change(deploy(2))
	plan, err := b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Run(b.ctx, plan, true); err != nil {
		t.Fatal(err)
	}
	after, err := namespaces.Get(b.ctx, ns.Name, metav1.GetOptions{})
	if err != nil || !cmp.Equal(before.Labels, after.Labels) || after.DeletionTimestamp != nil {
		t.Errorf("the namespace's labels were %v and are %v, %v", before.Labels, after.Labels, err)
	}
	left, err := maps.List(b.ctx, metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range left.Items {
		if m.Name == "theirs" && m.ResourceVersion != theirs.ResourceVersion || m.Name != "theirs" && m.Name != "kube-root-ca.crt" {
			t.Errorf("%s was changed or is left", m.Name)
		}
	}
	if c, err := b.writer.Read(b.ctx); err != nil || len(c.Objects)+len(c.Releases) > 0 {
		t.Errorf("left: %v, %v", c.Objects, err)
	}
}

func TestInterruptedAndFinishedByTheNext(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(b.ctx)
	interrupting := b.with(write.Options{Progress: func(e write.Event) {
		if e.Step == "applying links" && e.Done == 2 {
			cancel()
		}
	}})
	_, result, err := interrupting.Change(ctx, deploy(8), true)
	if !errors.Is(err, context.Canceled) || result.Created == 0 {
		t.Fatalf("%v, %v", result, err)
	}
	c, err := b.writer.Read(b.ctx)
	if err != nil || c.Base() == nil || c.Base().Outcome != chain.Interrupted {
		t.Fatalf("base %+v, %v", c.Base(), err)
	}
	b.change(deploy(8))
	if c, err := b.writer.Read(b.ctx); err != nil || c.Base().Outcome != chain.Healthy || c.Base().Number != 2 {
		t.Errorf("%+v, %v", c.Base(), err)
	}
}

// The same change of a chain that it broke fails again, though there is nothing to write any more.
func TestABrokenChainIsBrokenTheSecondTimeToo(t *testing.T) {
	b := newBench(t)
	b.writer = b.with(write.Options{Grace: time.Second})
	broken := write.Deploy(specOf(2), func(s *chain.Spec) error { s.Image = "nowhere.invalid/none:1"; return nil }, nil)
	b.change(deploy(2))
	for _, nothing := range []bool{false, true} {
		p, result, err := b.writer.Change(b.ctx, broken, true)
		if unready, ok := errors.AsType[*write.Unready](err); !ok || unready.Workloads[0].Service == "" || p.Nothing() != nothing {
			t.Errorf("%v, nothing to do: %v, %v", result, p.Nothing(), err)
		}
	}
	b.change(write.Rollback(1))
	if p, _ := b.change(write.Deploy(specOf(2), nil, nil)); !p.Nothing() {
		t.Errorf("%v", p.Lines())
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	b := newBench(t)
	b.cluster.ReadOnly = true
	if _, _, err := b.writer.Change(b.ctx, deploy(2), false); !errors.Is(err, write.ErrReadOnly) {
		t.Errorf("%v", err)
	}
	if c, err := b.writer.Read(b.ctx); err != nil || c.Exists {
		t.Errorf("namespace exists: %v, %v", c.Exists, err)
	}
}
