package session

import (
	"encoding/json"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/manifests"
)

// applied is the Snapshot of a chain that kubectl has applied from generate's files.
func applied(t *testing.T, spec chain.Spec) *state.Snapshot {
	t.Helper()
	objects, err := manifests.Objects(spec, "demo", chain.Live{Order: spec.Order()})
	if err != nil {
		t.Fatal(err)
	}
	var live []metav1.Object
	for _, o := range objects {
		var object metav1.Object
		switch o.Kind {
		case manifests.Deployment:
			object = new(appsv1.Deployment)
		case manifests.ConfigMap:
			object = new(corev1.ConfigMap)
		default:
			continue
		}
		if err := json.Unmarshal(o.Body, object); err != nil {
			t.Fatal(err)
		}
		live = append(live, object)
	}
	return state.Build(time.Now(), live...)
}

// Traces are looked for where the spans go: by the newest release, or by what kubectl has applied. What is given wins.
func TestWhereTracesAreLookedFor(t *testing.T) {
	const other = "http://zipkin.tracing:9411"
	for _, tc := range []struct {
		name, collector, release, given string
		want                            string
	}{
		{"its own", chain.Builtin, "", "", chain.CollectorService},
		{"another, applied by kubectl", other, "", "", other},
		{"another, by the release", other, "http://newer:9411", "", "http://newer:9411"},
		{"its own, by the release", other, chain.Zipkin, "", chain.CollectorService},
		{"as given", other, "", "http://here:1", "http://here:1"},
	} {
		spec := chain.Default()
		spec.Image, spec.ToolsImage, spec.Collector = "link:1", "tools:1", tc.collector
		s := applied(t, spec)
		if tc.release != "" {
			spec.Collector = tc.release
			s.Releases = []chain.Release{{Number: 1, Spec: spec}}
		}
		c := NewCollector(tc.given, &kube.Cluster{})
		if got := c.Name(s); got != tc.want || c.throughAPI(s) != (tc.want == chain.CollectorService) {
			t.Errorf("%s: %s, through the API server: %v; want %s", tc.name, got, c.throughAPI(s), tc.want)
		}
	}
}
