//go:build e2e

package write_test

import (
	"context"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// A namespace that a deploy made goes only when it holds nothing else: neither when the plan is made, nor when it is carried
// out, nor as far as the user can tell.
func TestANamespaceWithOtherObjectsStays(t *testing.T) {
	b := newBench(t)
	b.change(deploy(1))
	secrets := kubetest.Clientset(b.cluster).CoreV1().Secrets(b.cluster.Namespace)
	create := func() {
		t.Helper()
		if _, err := secrets.Create(b.ctx, &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "theirs"}}, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	clean, err := b.writer.PlanDelete(b.ctx)
	if err != nil || !clean.DeleteNamespace {
		t.Fatalf("%v, %q, %v", clean.DeleteNamespace, clean.Warnings, err)
	}
	create()
	if plan, err := b.writer.PlanDelete(b.ctx); err != nil || plan.DeleteNamespace || !strings.Contains(strings.Join(plan.Warnings, " "), "secret/theirs") {
		t.Errorf("%v, %q, %v", plan.DeleteNamespace, plan.Warnings, err)
	}
	result, err := b.writer.Run(b.ctx, clean, true)
	if err != nil || !strings.Contains(strings.Join(result.Notes, " "), "secret/theirs") {
		t.Errorf("%+v, %v", result, err)
	}
	ns, err := kubetest.Clientset(b.cluster).CoreV1().Namespaces().Get(b.ctx, b.cluster.Namespace, metav1.GetOptions{})
	if err != nil || ns.DeletionTimestamp != nil {
		t.Errorf("the namespace went, and what others had in it: %v", err)
	}
	if _, err := secrets.Get(b.ctx, "theirs", metav1.GetOptions{}); err != nil {
		t.Error(err)
	}
}

// A release that can't be read, of a newer chaintui perhaps, is not left behind.
func TestAReleaseThatCantBeReadGoesToo(t *testing.T) {
	b := newBench(t)
	b.namespace()
	name := chain.ReleaseName(3)
	object := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name}, Data: map[string]string{chain.ReleaseKey: "another format"}}
	if _, err := kubetest.Clientset(b.cluster).CoreV1().ConfigMaps(b.cluster.Namespace).Create(b.ctx, object, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if p, _ := b.change(deploy(1)); p.Number != 4 {
		t.Errorf("release %d", p.Number)
	}
	plan, err := b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := b.writer.Run(b.ctx, plan, true); err != nil {
		t.Errorf("%v, %v", result, err)
	}
	if c, err := b.writer.Read(b.ctx); err != nil || c.Newest > 0 || len(c.Objects) > 0 {
		t.Errorf("left: release %d, %v, %v", c.Newest, c.Objects, err)
	}
}

// Who may read the namespace but neither list Secrets nor delete it deletes the chain, and is told of the rest.
func TestDeletingWithoutTheRightsToTheNamespace(t *testing.T) {
	b := newBench(t)
	b.change(deploy(1))
	dev := b.as("dev", false)
	b.grant("dev", rbacv1.PolicyRule{APIGroups: []string{""}, Resources: []string{"namespaces"}, Verbs: []string{"get"}})
	plan, err := dev.PlanDelete(b.ctx)
	if err != nil || plan.DeleteNamespace || !strings.Contains(strings.Join(plan.Warnings, " "), "you may not list ") {
		t.Errorf("%v, %q, %v", plan.DeleteNamespace, plan.Warnings, err)
	}
	b.grant("dev", rbacv1.PolicyRule{APIGroups: []string{"*"}, Resources: []string{"*"}, Verbs: []string{"get", "list"}})
	b.grant("dev", rbacv1.PolicyRule{APIGroups: []string{"", "apps", "networking.k8s.io"}, Verbs: []string{"delete"},
		Resources: []string{"configmaps", "deployments", "networkpolicies", "services"}})
	rbac := kubetest.Clientset(b.cluster).RbacV1() // the Role and its binding are none of the chain's
	plan, err = dev.PlanDelete(b.ctx)
	if err != nil || !strings.Contains(strings.Join(plan.Warnings, " "), "role/") {
		t.Errorf("%q, %v", plan.Warnings, err)
	}
	plan, err = b.writer.PlanDelete(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	plan.DeleteNamespace = true
	if result, err := dev.Run(b.ctx, plan, true); err != nil || len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "stays") {
		t.Errorf("%+v, %v", result, err)
	}
	for _, err := range []error{
		rbac.Roles(b.cluster.Namespace).DeleteCollection(b.ctx, metav1.DeleteOptions{}, metav1.ListOptions{}),
		rbac.RoleBindings(b.cluster.Namespace).DeleteCollection(b.ctx, metav1.DeleteOptions{}, metav1.ListOptions{}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if result, err := dev.Run(b.ctx, plan, true); err != nil || len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "you may not delete namespaces") {
		t.Errorf("%+v, %v", result, err)
	}
}

// grant gives the user a right in the whole cluster for the length of the test.
func (b *bench) grant(user string, rule rbacv1.PolicyRule) {
	b.t.Helper()
	role := &rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{GenerateName: b.cluster.Namespace + "-"}, Rules: []rbacv1.PolicyRule{rule}}
	api := kubetest.Clientset(b.cluster).RbacV1()
	role, err := api.ClusterRoles().Create(b.ctx, role, metav1.CreateOptions{})
	if err != nil {
		b.t.Fatal(err)
	}
	binding := &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role.Name}, RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role.Name},
		Subjects: []rbacv1.Subject{{Kind: rbacv1.UserKind, APIGroup: rbacv1.GroupName, Name: user}},
	}
	if _, err := api.ClusterRoleBindings().Create(b.ctx, binding, metav1.CreateOptions{}); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = api.ClusterRoleBindings().Delete(ctx, role.Name, metav1.DeleteOptions{})
		_ = api.ClusterRoles().Delete(ctx, role.Name, metav1.DeleteOptions{})
	})
}
