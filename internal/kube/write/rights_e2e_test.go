//go:build e2e

package write_test

import (
	"errors"
	"strings"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

// as is a writer for a user with exactly the Role that is printed for one.
func (b *bench) as(user string, readOnly bool) *write.Writer {
	b.t.Helper()
	text, err := manifests.Role(readOnly, b.cluster.Namespace, user)
	if err != nil {
		b.t.Fatal(err)
	}
	documents := strings.Split(string(text), "\n---\n")
	var role rbacv1.Role
	var binding rbacv1.RoleBinding
	if err := errors.Join(yaml.UnmarshalStrict([]byte(documents[0]), &role), yaml.UnmarshalStrict([]byte(documents[1]), &binding)); err != nil {
		b.t.Fatal(err)
	}
	rbac := kubetest.Clientset(b.cluster).RbacV1()
	if _, err := rbac.Roles(b.cluster.Namespace).Create(b.ctx, &role, metav1.CreateOptions{}); err != nil {
		b.t.Fatal(err)
	}
	if _, err := rbac.RoleBindings(b.cluster.Namespace).Create(b.ctx, &binding, metav1.CreateOptions{}); err != nil {
		b.t.Fatal(err)
	}
	return write.New(kubetest.As(b.t, b.cluster, user), write.Options{Watcher: b.watcher})
}

func TestThePrintedRoleSuffices(t *testing.T) {
	b := newBench(t)
	b.namespace()
	b.writer = b.as("dev", false)
	b.change(deploy(2))
	c, err := b.writer.Read(b.ctx)
	if err != nil || c.Base().Author != "dev" {
		t.Errorf("author %+v, %v", c.Base(), err)
	}
	b.change(write.SetFaults([]int{1}, chain.Fault{ErrorRate: 0.1}))
	b.change(write.Resize(3))
	plan, err := b.writer.Plan(b.ctx, write.Redeploy(nil, ""))
	if err != nil {
		t.Fatal(err)
	}
	if diff, err := b.writer.Diff(b.ctx, plan); err != nil || len(diff.Objects) != 3 || len(diff.Notes) > 0 {
		t.Errorf("%v, %v", diff, err)
	}
	b.change(write.Rollback(0))
	reader := b.as("viewer", true)
	if diff, err := reader.Diff(b.ctx, plan); err != nil || len(diff.Objects) == 0 || len(diff.Notes) == 0 || !strings.Contains(diff.Notes[0], "without a dry run") {
		t.Errorf("a reader's diff: %+v, %v", diff, err)
	}
	_, _, err = reader.Change(b.ctx, write.SetFaults(nil, chain.Fault{ErrorRate: 1}), true)
	if forbidden, ok := errors.AsType[*kube.Forbidden](err); !ok || forbidden.Verb != "patch" || forbidden.Resource != "configmaps" {
		t.Errorf("a reader's fault: %v", err)
	}
	plan, err = b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := b.writer.Run(b.ctx, plan, true); err != nil {
		t.Errorf("%v, %v", result, err)
	}
	if c, err := reader.Read(b.ctx); err != nil || len(c.Objects)+len(c.Releases) > 0 {
		t.Errorf("left: %v, %v", c.Objects, err)
	}
}
