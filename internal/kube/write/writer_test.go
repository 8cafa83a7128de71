package write

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/manifests"
)

// Every kind that the manifests make can be written: it is of a group that the client knows, and its resource is the one
// of its apiVersion and kind.
func TestEveryKindOfTheManifestsCanBeWritten(t *testing.T) {
	kubeconfig := filepath.Join(t.TempDir(), "kubeconfig")
	text := `{"clusters":[{"name":"a","cluster":{"server":"https://127.0.0.1:1"}}],"contexts":[{"name":"a","context":{"cluster":"a"}}],"current-context":"a"}`
	if err := os.WriteFile(kubeconfig, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cluster, err := kube.Connect(kube.Options{Kubeconfig: kubeconfig})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	w, spec := New(cluster, Options{}), testSpec(2)
	spec.CreatedNS = true
	objects, err := manifests.Objects(spec, "demo", chain.Live{Order: spec.Order()})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[manifests.Kind]bool{}
	for _, o := range objects {
		kinds[o.Kind] = true
		var body struct{ APIVersion, Kind string }
		if err := json.Unmarshal(o.Body, &body); err != nil {
			t.Fatal(err)
		}
		resource, _ := meta.UnsafeGuessKindToResource(schema.FromAPIVersionAndKind(body.APIVersion, body.Kind))
		if o.Kind.Resource() != resource || w.api(o.Kind) == nil {
			t.Errorf("%s: %v by %v; want %v", o.ID, o.Kind.Resource(), w.api(o.Kind), resource)
		}
	}
	for _, kind := range []manifests.Kind{manifests.Namespace, manifests.ConfigMap, manifests.Service, manifests.Deployment, manifests.NetworkPolicy} {
		if !kinds[kind] {
			t.Errorf("no %s was made", kind)
		}
	}
}
