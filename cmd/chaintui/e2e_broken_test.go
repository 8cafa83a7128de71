//go:build e2e

package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// What a link fails by is given the grace, so these run at once, each on a chain of its own.
func TestValidateNamesALinkThatCannotStart(t *testing.T) {
	for name, c := range map[string]struct {
		breakIt func(r *rig)
		words   []string
	}{
		"bad image": {
			func(r *rig) { r.exits(exitHealthy, "redeploy", "1", "--image", "nowhere.invalid/none:1", "--no-wait") },
			[]string{"link 1 ", "container chain-link", "Image"},
		},
		"crash loop": {
			func(r *rig) { r.container(1, `"args":["no-such-command"]`) },
			[]string{"link 1 ", "container chain-link", "CrashLoopBackOff"},
		},
		"requests too large": {
			func(r *rig) { r.exits(exitHealthy, "deploy", "--cpu-request", "900", "--link", "1", "--no-wait") },
			[]string{"link 1 ", "Unschedulable", "Insufficient cpu"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.exits(exitHealthy, "deploy", "--instances", "2", "--no-load")
			c.breakIt(r)
			r.broken(c.words...)
		})
	}
}

func TestValidateNamesTheLinkOfACordonedNode(t *testing.T) {
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "2", "--no-load")
	nodes, err := kubetest.Clientset(r.cluster).CoreV1().Nodes().List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes.Items {
		r.patch("node", n.Name, `{"spec":{"unschedulable":true}}`)
		defer r.patch("node", n.Name, `{"spec":{"unschedulable":null}}`)
	}
	r.exits(exitHealthy, "redeploy", "1", "--no-wait")
	r.broken("link 1 ", "Unschedulable", "unschedulable")
}

func TestValidateNamesWhatWasBrokenByHand(t *testing.T) {
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "6", "--rate", "5")
	mended := func() {
		t.Helper()
		r.exits(exitHealthy, "deploy", "--force-conflicts", "--clear-faults")
		r.exits(exitHealthy, "validate")
	}
	began := time.Now()
	r.exits(exitHealthy, "validate")
	t.Logf("a healthy chain of 6: %v", time.Since(began).Round(time.Millisecond))

	r.patch("service", chain.ServiceName(2), `{"spec":{"selector":{"service-name":"nobody"}}}`)
	r.awaits("the Service loses its endpoints", func(s *state.Snapshot) bool { return s.Links[2].Endpoints == 0 })
	r.broken("link 2 ", "NoEndpoints", "selector")
	mended()

	order := chain.NewOrder(6)
	order[3], order[4] = order[4], order[3]
	patch, err := json.Marshal(map[string]any{"data": map[string]string{chain.OrderKey: order.Encode()}})
	if err != nil {
		t.Fatal(err)
	}
	r.patch("configmap", chain.ConfigMap, string(patch))
	r.broken("link 3 ", "WrongOrder", chain.ServiceName(4))
	mended()

	// The image's other name: what is edited runs, and only the drift is wrong.
	if image := kubetest.Need(t, "CHAINTUI_E2E_IMAGE"); !strings.Contains(image, "/") {
		r.container(4, `"image":"docker.io/library/`+image+`"`)
		r.broken("link 4 ", "Drift", "image", "kubectl-edit")
		mended()
	}

	r.patch("deployment", chain.CollectorDeployment, `{"spec":{"replicas":0}}`)
	r.broken(chain.CollectorService, "scaled to 0")
	mended()

	r.exits(exitHealthy, "fault", "3", "--error-rate", "1")
	r.broken("link 3 ", "HTTP 500", "on purpose")
	r.exits(exitHealthy, "fault", "all", "--clear")

	// Drift is looked for in what may be listed.
	narrow := r.as("narrow",
		rbacv1.PolicyRule{APIGroups: []string{"", "apps", "discovery.k8s.io"}, Verbs: []string{"get", "list", "watch"},
			Resources: []string{"pods", "deployments", "replicasets", "services", "configmaps", "endpointslices", "events"}},
		rbacv1.PolicyRule{APIGroups: []string{""}, Verbs: []string{"get"}, Resources: []string{"services/proxy"}})
	if out := narrow.exits(exitHealthy, "validate"); !strings.Contains(out, "as far as it can be seen: you may not list networkpolicies") {
		t.Errorf("what was not looked at is not named:\n%s", out)
	}

	blind := r.as("blind", rbacv1.PolicyRule{APIGroups: []string{"", "apps", "discovery.k8s.io"}, Verbs: []string{"get", "list", "watch"},
		Resources: []string{"deployments", "replicasets", "services", "configmaps", "endpointslices", "events"}})
	out := blind.exits(exitNoCluster, "validate")
	if headline, _, _ := strings.Cut(out, "\n"); !strings.Contains(headline, "list pods in namespace "+r.cluster.Namespace) {
		t.Errorf("the missing right is not named:\n%s", out)
	} else {
		t.Log(headline)
	}
}

func TestValidateWithoutAnAPIServer(t *testing.T) {
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "1", "--no-load")
	kubetest.Launcher(t, "stop", "kube-apiserver")
	defer kubetest.Launcher(t, "start", "kube-apiserver")
	began := time.Now()
	out := r.exits(exitNoCluster, "validate")
	if took := time.Since(began); took > 15*time.Second { // 5 s on a machine of its own
		t.Errorf("it took %v to say so:\n%s", took, out)
	}
	t.Log(out)
}
