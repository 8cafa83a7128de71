package kubetest

import (
	"context"
	"path/filepath"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/chaintui/chaintui/internal/kube"
)

// Kubeconfig is the path of a kubeconfig of the cluster with a change.
func Kubeconfig(t *testing.T, change func(*clientcmdapi.Config)) string {
	t.Helper()
	config, err := clientcmd.LoadFromFile(Need(t, "CHAINTUI_E2E_KUBECONFIG"))
	if err != nil {
		t.Fatal(err)
	}
	change(config)
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := clientcmd.WriteToFile(*config, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// Impersonate is the path of a kubeconfig that acts as another user in everything.
func Impersonate(t *testing.T, user string) string {
	t.Helper()
	return Kubeconfig(t, func(config *clientcmdapi.Config) {
		for _, who := range config.AuthInfos {
			who.Impersonate = user
		}
	})
}

// As is the same namespace in another user's hands.
func As(t *testing.T, c *kube.Cluster, user string) *kube.Cluster {
	t.Helper()
	theirs, err := kube.Connect(kube.Options{Kubeconfig: Impersonate(t, user), Namespace: c.Namespace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(theirs.Disconnect)
	return theirs
}

// Grant gives a user rights in the namespace, by a Role of the user's name, until the test ends: a namespace with objects
// that chaintui does not know is left where it is.
func Grant(t *testing.T, c *kube.Cluster, user string, rules ...rbacv1.PolicyRule) {
	t.Helper()
	meta := metav1.ObjectMeta{Name: user}
	role := &rbacv1.Role{ObjectMeta: meta, Rules: rules}
	binding := &rbacv1.RoleBinding{
		ObjectMeta: meta,
		Subjects:   []rbacv1.Subject{{Kind: rbacv1.UserKind, APIGroup: rbacv1.GroupName, Name: user}},
		RoleRef:    rbacv1.RoleRef{Kind: "Role", APIGroup: rbacv1.GroupName, Name: user},
	}
	rbac := Clientset(c).RbacV1()
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		_ = rbac.RoleBindings(c.Namespace).Delete(ctx, user, metav1.DeleteOptions{})
		_ = rbac.Roles(c.Namespace).Delete(ctx, user, metav1.DeleteOptions{})
	})
	if _, err := rbac.Roles(c.Namespace).Create(t.Context(), role, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := rbac.RoleBindings(c.Namespace).Create(t.Context(), binding, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}
