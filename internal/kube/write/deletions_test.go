package write

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// served is a cluster whose API server answers so, by path.
func served(t *testing.T, answer func(path, accept string) (status int, body string)) *kube.Cluster {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := answer(r.URL.Path, r.Header.Get("Accept"))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return kubetest.Served(t, server.URL, kube.Options{Namespace: "demo"})
}

// A deletion that took this one over may be over before its release can be read: it is one all the same, and to be waited for.
func TestADeletionThatIsOverAlready(t *testing.T) {
	discovery := `{"kind":"APIGroupDiscoveryList","items":[%s]}`
	cluster := served(t, func(path, _ string) (int, string) {
		switch path {
		case "/api":
			return 200, fmt.Sprintf(discovery, `{"metadata":{},"versions":[{"version":"v1","resources":[
				{"resource":"configmaps","responseKind":{"kind":"ConfigMap"},"scope":"Namespaced","verbs":["list","delete"]}]}]}`)
		case "/apis":
			return 200, fmt.Sprintf(discovery, "")
		case "/api/v1/namespaces/demo/configmaps":
			return 200, fmt.Sprintf(`{"items":[{"metadata":{"name":%q,"labels":{"app":"chain-link","app.kubernetes.io/managed-by":"chaintui","app.kubernetes.io/part-of":"demo"}}}]}`, chain.ReleaseName(4))
		}
		return 404, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}`
	})
	r := &run{Writer: New(cluster, Options{}), Plan: &Plan{claim: 3}}
	_, err := r.deleteNamespace(t.Context())
	other, ok := errors.AsType[*Superseded](err)
	if !ok || other.Release.Number != 4 || other.Release.Action != deletion {
		t.Errorf("%v", err)
	}
}

// An API server that can't tell its kinds in this form tells others: then it is not known what is in a namespace.
func TestAnAPIServerThatTellsItsKindsOtherwise(t *testing.T) {
	cluster := served(t, func(_, accept string) (int, string) {
		for media := range strings.SplitSeq(accept, ",") {
			if media == "application/json" {
				return 200, `{"kind":"APIVersions"}`
			}
		}
		return 406, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotAcceptable","code":406}`
	})
	kinds, unseen, err := New(cluster, Options{}).kinds(t.Context())
	if err != nil || len(kinds) > 0 || len(unseen) != 2 {
		t.Errorf("%v, %q, %v", kinds, unseen, err)
	}
}
