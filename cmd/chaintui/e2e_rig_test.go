//go:build e2e

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

// rig is the command line with a namespace of its own, and the hands that break what is in it.
type rig struct {
	t       *testing.T
	cluster *kube.Cluster
	environ []string
}

func newRig(t *testing.T) *rig {
	t.Helper()
	kubeconfig, image := kubetest.Need(t, "CHAINTUI_E2E_KUBECONFIG"), kubetest.Need(t, "CHAINTUI_E2E_IMAGE")
	namespace := "rig-" + strings.ToLower(rand.Text())[:8]
	cluster, err := kube.Connect(kube.Options{Kubeconfig: kubeconfig, Namespace: namespace})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, cluster: cluster, environ: []string{
		"HOME=" + t.TempDir(), "CHAINTUI_KUBECONFIG=" + kubeconfig, "CHAINTUI_NAMESPACE=" + namespace,
		"CHAINTUI_CHAIN_LINK_IMAGE=" + image, "CHAINTUI_TOOLS_IMAGE=" + image,
	}}
	t.Cleanup(func() {
		if out, code := r.run("delete", "--no-wait"); code != exitHealthy {
			t.Errorf("delete of %s: exit code %d: %s", namespace, code, out)
		}
		cluster.Disconnect()
	})
	return r
}

// run runs a command: what it wrote, stdout first, and its exit code.
func (r *rig) run(args ...string) (string, int) {
	var out, errs bytes.Buffer
	code := run(args, r.environ, strings.NewReader(""), &out, &errs)
	return out.String() + errs.String(), code
}

// exits runs a command, wants that exit code, and returns what it wrote.
func (r *rig) exits(want int, args ...string) string {
	r.t.Helper()
	out, code := r.run(args...)
	if code != want {
		r.t.Fatalf("chaintui %v: exit code %d, want %d:\n%s", args, code, want, out)
	}
	return out
}

// awaits waits until the chain is as wanted.
func (r *rig) awaits(what string, wanted func(*state.Snapshot) bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), starting)
	w := watch.Start(ctx, r.cluster)
	err := w.Wait(ctx, func(s *state.Snapshot) (bool, error) { return s.Conn.Phase == state.Live && wanted(s), nil })
	cancel()
	<-w.Stopped()
	if err != nil {
		r.t.Fatalf("%s: %v", what, err)
	}
}

// broken wants validate to fail with a headline that says all of words, within 25 s.
func (r *rig) broken(words ...string) {
	r.t.Helper()
	began := time.Now()
	out := r.exits(exitUnhealthy, "validate")
	headline, _, _ := strings.Cut(out, "\n")
	r.t.Logf("%.1f s: %s", time.Since(began).Seconds(), headline)
	if !strings.HasPrefix(headline, "FAILED: ") {
		r.t.Errorf("the headline is %q", headline)
	}
	for _, word := range words {
		if !strings.Contains(headline, word) {
			r.t.Errorf("the headline does not name %q:\n%s", word, out)
		}
	}
	if took := time.Since(began); took > 50*time.Second { // 25 s on a machine of its own: the log line above is the figure
		r.t.Errorf("it took %v", took)
	}
}

// patch edits an object by hand, as kubectl edit does.
func (r *rig) patch(kind, name, patch string) {
	r.t.Helper()
	options := metav1.PatchOptions{FieldManager: "kubectl-edit"}
	var err error
	switch kind {
	case "deployment":
		_, err = kubetest.Clientset(r.cluster).AppsV1().Deployments(r.cluster.Namespace).
			Patch(r.t.Context(), name, types.StrategicMergePatchType, []byte(patch), options)
	case "service":
		_, err = kubetest.Clientset(r.cluster).CoreV1().Services(r.cluster.Namespace).Patch(r.t.Context(), name, types.MergePatchType, []byte(patch), options)
	case "configmap":
		_, err = kubetest.Clientset(r.cluster).CoreV1().ConfigMaps(r.cluster.Namespace).Patch(r.t.Context(), name, types.MergePatchType, []byte(patch), options)
	case "node":
		_, err = kubetest.Clientset(r.cluster).CoreV1().Nodes().Patch(r.t.Context(), name, types.MergePatchType, []byte(patch), options)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

// container edits the container of link i.
func (r *rig) container(i int, fields string) {
	r.t.Helper()
	r.patch("deployment", chain.DeploymentName(i), fmt.Sprintf(`{"spec":{"template":{"spec":{"containers":[{"name":"chain-link",%s}]}}}}`, fields))
}

// as is the same namespace in the hands of a user who has exactly that Role.
func (r *rig) as(user string, rules ...rbacv1.PolicyRule) *rig {
	r.t.Helper()
	kubetest.Grant(r.t, r.cluster, user, rules...)
	return r.impersonate(user)
}

// impersonate is the same namespace by a kubeconfig that acts as another user in everything.
func (r *rig) impersonate(user string) *rig {
	r.t.Helper()
	path := kubetest.Impersonate(r.t, user)
	other := *r
	other.environ = append(append([]string{}, r.environ...), "CHAINTUI_KUBECONFIG="+path)
	for i, e := range other.environ {
		if strings.HasPrefix(e, "CHAINTUI_KUBECONFIG=") {
			other.environ[i] = "CHAINTUI_KUBECONFIG=" + path
		}
	}
	return &other
}
