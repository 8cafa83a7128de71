package manifests

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/chain"
)

var update = flag.Bool("update", false, "write testdata anew")

func specOf(n int) chain.Spec {
	spec := chain.Default()
	spec.Resize(n)
	spec.Image, spec.ToolsImage = "example.test/link:1", "example.test/tools:1"
	return spec
}

func TestObjectsAsTheyWereReviewed(t *testing.T) {
	replicas := int32(3)
	for name, tc := range map[string]struct {
		edit func(*chain.Spec)
		n    int
	}{
		"one":       {n: 1, edit: func(s *chain.Spec) { s.CreatedNS = true }},
		"three":     {n: 3},
		"zipkin":    {n: 1, edit: func(s *chain.Spec) { s.Collector = chain.Zipkin }},
		"url":       {n: 1, edit: func(s *chain.Spec) { s.Collector = "https://traces.example.test:8443/zipkin" }},
		"no-policy": {n: 2, edit: func(s *chain.Spec) { s.NetworkPolicy, s.NoLoad = false, true }},
		"extras": {n: 2, edit: func(s *chain.Spec) {
			s.CreatedNS, s.PodSecurity, s.SampleRate, s.Restart = true, "none", 0.25, "r2"
			s.Pods = chain.Pods{
				NodeSelector: map[string]string{"pool": "demo"}, PullSecrets: []string{"registry", "registry"},
				Tolerations: []chain.Toleration{{Key: "spot", Operator: "Exists"}}, CPULimit: "0.5",
			}
			s.LinkPods = chain.Pods{Annotations: map[string]string{"example.test/team": "a"}, MemoryRequest: "32Mi"}
			s.Links[1] = chain.Link{Image: "example.test/other:2", Replicas: &replicas, Restart: "r3", Paused: true, Pods: chain.Pods{MemoryLimit: "1Gi"}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			spec := specOf(tc.n)
			if tc.edit != nil {
				tc.edit(&spec)
			}
			live := chain.Live{Order: spec.Order(), Load: &chain.Load{Rate: 5}}
			objects, err := Objects(spec, "demo", live)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range objects {
				if err := yaml.UnmarshalStrict(o.Body, kinds[string(o.Kind)]()); err != nil {
					t.Errorf("%s: %v", o.ID, err)
				}
			}
			golden(t, filepath.Join("testdata", name+".yaml"), documents(t, objects))
		})
	}
}

func documents(t *testing.T, objects []Object) []byte {
	var text bytes.Buffer
	for _, o := range objects {
		data, err := o.YAML()
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString("---\n")
		text.Write(data)
	}
	return text.Bytes()
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (go test -update writes it anew):\n%s", file, diff)
	}
}

var kinds = map[string]func() any{
	"Namespace": func() any { return new(corev1.Namespace) }, "ConfigMap": func() any { return new(corev1.ConfigMap) },
	"Service": func() any { return new(corev1.Service) }, "Deployment": func() any { return new(appsv1.Deployment) },
	"NetworkPolicy": func() any { return new(networkingv1.NetworkPolicy) },
	"Role":          func() any { return new(rbacv1.Role) }, "RoleBinding": func() any { return new(rbacv1.RoleBinding) },
}

// A field that is misspelled would be dropped in silence.
func TestEveryFileIsValid(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil || len(entries) < 10 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		var head struct{ Kind string }
		data := source(e.Name())
		if err := json.Unmarshal(data, &head); err != nil || kinds[head.Kind] == nil {
			t.Fatalf("%s: kind %q, %v", e.Name(), head.Kind, err)
		}
		if err := yaml.UnmarshalStrict(data, kinds[head.Kind]()); err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func TestObjectsAreTheSameEachTime(t *testing.T) {
	spec := specOf(4)
	live := chain.Live{Order: spec.Order(), Faults: chain.Faults{chain.ServiceName(1): {ErrorRate: 0.5}, chain.ServiceName(2): {ErrorRate: 1}}}
	first, err := Objects(spec, "demo", live)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Objects(spec, "demo", live)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
}

func TestResizeChangesNoPodTemplate(t *testing.T) {
	templates := func(n int) map[string]string {
		spec := specOf(n)
		objects, err := Objects(spec, "demo", chain.Live{Order: spec.Order()})
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		for _, o := range objects {
			if o.Kind == Deployment {
				m[o.Name] = string(o.Body)
			}
		}
		return m
	}
	four, six := templates(4), templates(6)
	for name, body := range four {
		if six[name] != body {
			t.Errorf("%s differs between 4 and 6 links", name)
		}
	}
	if len(six) != len(four)+2 {
		t.Errorf("%d Deployments for 6 links, %d for 4", len(six), len(four))
	}
}

func TestNothingIsSentThatIsNotOurs(t *testing.T) {
	objects, err := Objects(specOf(2), "demo", chain.Live{Order: chain.NewOrder(2)})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		for _, never := range []string{`"status"`, "creationTimestamp", "null", ":latest"} {
			if strings.Contains(string(o.Body), never) {
				t.Errorf("%s sends %s", o.ID, never)
			}
		}
	}
}

func TestWithoutReplicas(t *testing.T) {
	objects, err := Objects(specOf(1), "demo", chain.Live{Order: chain.NewOrder(1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		less, err := o.WithoutReplicas()
		if err != nil || strings.Contains(string(less.Body), `"replicas"`) {
			t.Errorf("%s: %v, %s", o.ID, err, less.Body)
		}
	}
}

func TestRoleNamesItsUser(t *testing.T) {
	for file, readOnly := range map[string]bool{"role.yaml": false, "role-read-only.yaml": true} {
		text, err := Role(readOnly, "demo", "dev@example.test")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", file), text)
		if readOnly && (strings.Contains(string(text), "patch") || strings.Contains(string(text), "create")) {
			t.Errorf("the read-only role allows changes:\n%s", text)
		}
	}
}
