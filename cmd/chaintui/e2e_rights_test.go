//go:build e2e

package main

import (
	"context"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// printed gives a user exactly the Role that `generate --rbac` prints, and returns the namespace in their hands.
func (r *rig) printed(user string, more ...string) *rig {
	r.t.Helper()
	out := r.exits(exitHealthy, append([]string{"generate", "--rbac"}, more...)...)
	_, body, _ := strings.Cut(out, "apiVersion:")
	document, _, _ := strings.Cut("apiVersion:"+body, "\n---\n")
	var role rbacv1.Role
	if err := yaml.Unmarshal([]byte(document), &role); err != nil || len(role.Rules) == 0 {
		r.t.Fatalf("%v in:\n%s", err, out)
	}
	return r.as(user, role.Rules...)
}

// Everything that they do, reading and watching included, they do as themselves.
func TestThePrintedRolesSuffice(t *testing.T) {
	r := newRig(t)
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: r.cluster.Namespace}}
	namespaces := kubetest.Clientset(r.cluster).CoreV1().Namespaces()
	if _, err := namespaces.Create(t.Context(), ns, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = namespaces.Delete(context.WithoutCancel(t.Context()), ns.Name, metav1.DeleteOptions{}) })
	dev, viewer := r.printed("dev"), r.printed("viewer", "--read-only")
	dev.exits(exitHealthy, "deploy", "--instances", "2", "--rate", "5")
	reads := [][]string{
		{"status"}, {"validate"}, {"diff"}, {"history"}, {"events"}, {"logs", "0", "--tail", "2"}, {"request"}, {"traces"}, {"generate", "--output-directory", t.TempDir()},
	}
	for _, args := range reads {
		dev.exits(exitHealthy, args...)
		viewer.exits(exitHealthy, args...)
	}
	for _, args := range [][]string{
		{"deploy", "--instances", "4"}, {"resize", "3"}, {"redeploy"}, {"rollback"}, {"pause", "0"}, {"resume", "0"}, {"scale", "0", "2"},
		{"fault", "0", "--error-rate", "1"}, {"load", "9"}, {"delete"},
	} {
		out, code := viewer.run(args...)
		if code == exitUsage && (args[0] == "rollback" || args[0] == "resume") || strings.Contains(out, "nothing to change") {
			continue // there is nothing to do it to
		}
		if code != exitNoCluster || !strings.Contains(out, "you may not ") {
			t.Errorf("a reader's %v: exit code %d:\n%s", args, code, out)
		}
	}
	for _, args := range [][]string{
		{"fault", "1", "--latency", "10ms"}, {"load", "10"}, {"resize", "3"}, {"scale", "1", "2"}, {"redeploy", "0"}, {"rollback"},
		{"pause", "2"}, {"resume", "2"}, {"validate"}, {"delete"},
	} {
		dev.exits(exitHealthy, args...)
	}
	if out := viewer.exits(exitUnhealthy, "status"); !strings.Contains(out, "no chain") {
		t.Errorf("left:\n%s", out)
	}
}
