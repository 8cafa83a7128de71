package action

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

// given are arguments with which each changing action would change something.
var given = map[string]Args{
	"deploy": {"instances": "4"}, "resize": {"instances": "4"}, "redeploy": {"links": "1"},
	"image": {"chain-link-image": "link:2"}, "scale": {"link": "1", "replicas": "3"}, "rollback": {"to": "1"},
	"pause": {"links": "1"}, "resume": {"links": "2"}, "fault": {"latency": "150ms"}, "clear-fault": {"links": "1"}, "load": {"rate": "9"},
	"delete-pod": {"pod": "chain-link-deployment-0-x"}, "adopt": nil, "delete": nil,
}

// The writer refuses every changing action of the registry under --read-only, whoever asks, and sends nothing that
// could change something.
func TestWriterRefusesEveryChangeReadOnly(t *testing.T) {
	for _, a := range All() {
		if !a.Mutates {
			continue
		}
		t.Run(a.ID, func(t *testing.T) {
			args, known := given[a.ID]
			if !known {
				t.Fatal("say with which arguments it changes something")
			}
			objects := chainOf(t, a.ID == "adopt")
			for _, readOnly := range []bool{true, false} {
				var changes atomic.Int64
				_, err := a.Run(t.Context(), deps(t, objects, readOnly, &changes), args, func(Progress) {})
				if errors.Is(err, write.ErrReadOnly) != readOnly || (changes.Load() == 0) != readOnly {
					t.Errorf("read-only %v: %v, after %d requests that change something", readOnly, err, changes.Load())
				}
			}
		})
	}
}

// denied are the objects of a kind that the user may not list.
var denied = []any{"denied"}

// deps are an action's on a chain that an API server has. It counts who wants to change it, and refuses.
func deps(t *testing.T, objects map[string][]any, readOnly bool, changes *atomic.Int64) Deps {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		changing := r.Method != http.MethodGet
		if changing {
			changes.Add(1)
		}
		if list := objects[path.Base(r.URL.Path)]; changing || len(list) > 0 && list[0] == denied[0] {
			w.WriteHeader(http.StatusForbidden)
			_ = json.NewEncoder(w).Encode(map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 403, "reason": "Forbidden", "message": "not here"})
			return
		}
		_ = json.NewEncoder(w).Encode(answer(objects, r.URL.Path))
	}))
	t.Cleanup(server.Close)
	cluster := kubetest.Served(t, server.URL, kube.Options{Namespace: "demo", ReadOnly: readOnly})
	spec := specOf(3)
	return Deps{
		Writer: func(func(write.Event)) *write.Writer { return write.New(cluster, write.Options{}) },
		Snapshot: func() *state.Snapshot {
			return &state.Snapshot{Links: make([]state.Link, 3), Releases: []chain.Release{{Number: 2, Spec: spec}}}
		},
		First: func() (chain.Spec, chain.Load, error) { return spec, chain.Load{Rate: 1}, nil },
		DeletePod: func(ctx context.Context, name string) error {
			return write.New(cluster, write.Options{}).DeletePod(ctx, name)
		},
	}
}

// answer is what an API server answers to a GET: one object where the path names one, else the list.
func answer(objects map[string][]any, url string) any {
	base := path.Base(url)
	if list, ok := objects[base]; ok || !strings.Contains(url, "/namespaces/demo/") && base != "demo" {
		return map[string]any{"items": list, "metadata": map[string]any{"resourceVersion": "1"}}
	}
	return map[string]any{"metadata": map[string]any{"name": base, "uid": "u", "labels": map[string]string{"app": chain.App}}}
}

func specOf(n int) chain.Spec {
	spec := chain.Default()
	spec.Resize(n)
	spec.Image, spec.ToolsImage = "link:1", "tools:1"
	return spec
}

// chainOf is the objects of a chain of three links by resource: ours as of its second release, or the original's, which
// has no labels of ours.
func chainOf(t *testing.T, original bool) map[string][]any {
	t.Helper()
	spec := specOf(3)
	spec.Links[2].Paused = true
	made, err := manifests.Objects(spec, "demo", chain.Live{
		Order: spec.Order(), Load: &chain.Load{Rate: 1}, Faults: chain.Faults{chain.ServiceName(1): {ErrorRate: 1, Status: 500}},
	})
	if err != nil {
		t.Fatal(err)
	}
	objects := map[string][]any{"deployments": nil, "services": nil, "configmaps": nil, "networkpolicies": nil, "pods": nil, "horizontalpodautoscalers": nil}
	for _, o := range made {
		var object map[string]any
		if err := json.Unmarshal(o.Body, &object); err != nil {
			t.Fatal(err)
		}
		meta := object["metadata"].(map[string]any)
		meta["uid"] = "uid-" + o.Name
		if original {
			delete(meta, "labels")
		}
		resource := o.Kind.Resource().Resource
		objects[resource] = append(objects[resource], object)
	}
	if original {
		return objects
	}
	for n, spec := range []chain.Spec{specOf(2), spec} {
		r := chain.Release{Number: n + 1, Spec: spec, Outcome: chain.Healthy}
		text, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		objects["configmaps"] = append(objects["configmaps"], map[string]any{
			"metadata": map[string]any{"name": fmt.Sprint(chain.ReleasePrefix, r.Number), "uid": fmt.Sprint("uid-", r.Number)},
			"data":     map[string]string{chain.ReleaseKey: text},
		})
	}
	return objects
}
