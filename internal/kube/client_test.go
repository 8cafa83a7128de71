package kube

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	authz "k8s.io/api/authorization/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// asked connects to a server that has nothing, and tells the path of each request.
func asked(t *testing.T) (c *Cluster, paths <-chan string) {
	t.Helper()
	seen := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.URL.Path
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	kubeconfig := filepath.Join(t.TempDir(), "kubeconfig")
	text := `{"clusters":[{"name":"a","cluster":{"server":"` + server.URL + `"}}],"contexts":[{"name":"a","context":{"cluster":"a"}}],"current-context":"a"}`
	if err := os.WriteFile(kubeconfig, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Connect(Options{Kubeconfig: kubeconfig})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, seen
}

// Every kind that the Client reads or writes is of a group that it knows, and is asked for where the API server has it: by
// the group, version and kind of its Go type.
func TestTheClientsKindsHaveTheirGroups(t *testing.T) {
	cluster, paths := asked(t)
	client := reflect.ValueOf(cluster.Client)
	kinds := 0
	for i := range client.NumMethod() {
		method := client.Type().Method(i)
		if method.Type.NumOut() != 1 || !strings.HasPrefix(method.Type.Out(0).Name(), "Resource[") {
			continue
		}
		kinds++
		t.Run(method.Name, func(t *testing.T) {
			args, where := []reflect.Value{}, "/"
			if method.Type.NumIn() == 2 {
				args, where = append(args, reflect.ValueOf("demo")), "/namespaces/demo/"
			}
			get := client.Method(i).Call(args)[0].MethodByName("Get")
			got := get.Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.ValueOf("it"), reflect.ValueOf(metav1.GetOptions{})})
			known, _, err := scheme.ObjectKinds(got[0].Interface().(runtime.Object))
			if err != nil {
				t.Fatal(err)
			}
			plural, _ := meta.UnsafeGuessKindToResource(known[0])
			root := "/apis/" + known[0].Group + "/"
			if known[0].Group == "" {
				root = "/api/"
			}
			if path, want := <-paths, root+known[0].Version+where+plural.Resource+"/it"; path != want {
				t.Errorf("asked for %s; want %s", path, want)
			}
		})
	}
	if kinds < 9 {
		t.Errorf("%d kinds were found among the client's methods", kinds)
	}
}

// So are the reviews of who asks and what they may do.
func TestReviewsHaveTheirGroups(t *testing.T) {
	cluster, paths := asked(t)
	_, _ = cluster.Client.self(t.Context())
	if got, want := <-paths, "/apis/authentication.k8s.io/v1/selfsubjectreviews"; got != want {
		t.Errorf("asked %s; want %s", got, want)
	}
	_, _ = cluster.Client.access(t.Context(), authz.ResourceAttributes{})
	if got, want := <-paths, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"; got != want {
		t.Errorf("asked %s; want %s", got, want)
	}
}
