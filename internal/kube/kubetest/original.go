package kubetest

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube"
)

//go:embed original.yaml
var original string

// Original creates a namespace and in it what the original's tool deploys, as it does: by plain creates under another field
// manager. images fill in IMAGE and COLLECTOR.
func Original(t *testing.T, c *kube.Cluster, images *strings.Replacer) {
	t.Helper()
	core := Clientset(c).CoreV1()
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: c.Namespace}}
	if _, err := core.Namespaces().Create(t.Context(), ns, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	for { // a bare Pod is refused before the namespace has its service account
		_, err := core.ServiceAccounts(c.Namespace).Get(t.Context(), "default", metav1.GetOptions{})
		if err == nil {
			break
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	resources := map[string]string{"ConfigMap": "configmaps", "Deployment": "deployments", "Service": "services", "Pod": "pods"}
	for _, document := range strings.Split(images.Replace(original), "\n---\n") {
		var o unstructured.Unstructured
		if err := yaml.Unmarshal([]byte(document), &o.Object); err != nil {
			t.Fatal(err)
		}
		kind := o.GroupVersionKind()
		resource := schema.GroupVersionResource{Group: kind.Group, Version: kind.Version, Resource: resources[kind.Kind]}
		_, err := Dynamic(c).Resource(resource).Namespace(c.Namespace).Create(t.Context(), &o, metav1.CreateOptions{FieldManager: "OpenAPI-Generator"})
		if err != nil {
			t.Fatalf("%s %s: %v", kind.Kind, o.GetName(), err)
		}
	}
}
