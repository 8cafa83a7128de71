//go:build e2e

package inspect_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube/inspect"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

// A chain's own pods: one that runs, one that is just about to crash again.
func TestPodsOfAChain(t *testing.T) {
	c := kubetest.Cluster(t)
	kubetest.Crashing(t, c, 1)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	w := watch.Start(ctx, c)
	defer func() { cancel(); <-w.Stopped() }()
	if err := w.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		return len(s.Links) == 2 && s.Links[0].Status == state.Ready && s.Links[1].Restarts >= 2, nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, link := range w.Latest().Links {
		alike(t, c, link.Pods[0].Name)
	}
	text, err := inspect.Inspector{Cluster: c}.YAML(t.Context(), w.Latest().Links[0].Pods[0].Name)
	if err != nil {
		t.Fatal(err)
	}
	var pod corev1.Pod
	if err := yaml.UnmarshalStrict([]byte(text), &pod); err != nil {
		t.Fatal(err)
	}
	want := look(t, c, w.Latest().Links[0].Pods[0].Name).pod
	want.ManagedFields, want.TypeMeta = nil, pod.TypeMeta
	if diff := cmp.Diff(*want, pod); diff != "" || pod.Kind != "Pod" {
		t.Errorf("the YAML is of another %s:\n%s", pod.Kind, diff)
	}
}

// The pods of testdata, in the state that they are said to be in. No node ever has them.
func TestPodsOfEveryKind(t *testing.T) {
	c := kubetest.Cluster(t)
	for name, e := range examples(t) {
		t.Run(name, func(t *testing.T) {
			create(t, c, e)
			alike(t, c, e.Pod.Name)
		})
	}
}

// Who may not read events sees the pod without them.
func TestEventsMayBeForbidden(t *testing.T) {
	c := kubetest.Cluster(t)
	create(t, c, examples(t)["crashing"])
	user := "pods-only-" + c.Namespace
	kubetest.Grant(t, c, user, rbacv1.PolicyRule{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get"}})
	theirs := kubetest.As(t, c, user)
	text, err := inspect.Inspector{Cluster: theirs}.Describe(t.Context(), "crashing")
	if err != nil || !strings.HasPrefix(text, "Name:  ") || strings.Contains(text, "Events") {
		t.Errorf("%v:\n%s", err, text)
	}
	if _, err := (inspect.Inspector{Cluster: theirs}).Describe(t.Context(), "nobody"); !apierrors.IsNotFound(err) {
		t.Errorf("a pod that is not there: %v", err)
	}
}
