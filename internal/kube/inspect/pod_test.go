package inspect_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube/inspect"
)

var update = flag.Bool("update", false, "write testdata anew")

// example is a pod of testdata, and the events about it.
type example struct {
	Pod    corev1.Pod     `json:"pod"`
	Events []corev1.Event `json:"events"`
}

func examples(t *testing.T) map[string]example {
	t.Helper()
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	all := map[string]example{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var e example
		if err := yaml.UnmarshalStrict(data, &e); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = e
	}
	return all
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// What is kept here is what kubectl prints of the same pods on a real cluster: see the e2e test.
func TestPodsAreDescribedAsKubectlDoes(t *testing.T) {
	for name, e := range examples(t) {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".txt")
			got := inspect.Pod(&e.Pod, &corev1.EventList{Items: e.Events}, noon)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (go test -update writes it anew):\n%s", file, diff)
			}
		})
	}
}

func TestEventsThatMayNotBeReadAreNotNone(t *testing.T) {
	pod := &corev1.Pod{}
	if text := inspect.Pod(pod, nil, noon); strings.Contains(text, "Events") {
		t.Errorf("events are mentioned:\n%s", text)
	}
	if text := inspect.Pod(pod, &corev1.EventList{}, noon); !strings.HasSuffix(text, "\nEvents:          <none>\n") {
		t.Errorf("no events are not said to be none:\n%s", text)
	}
}

func TestTimesAreTheReadersOwn(t *testing.T) {
	e := examples(t)["mesh"]
	text := inspect.Pod(&e.Pod, nil, noon.In(time.FixedZone("", 2*60*60)))
	if !strings.Contains(text, "Start Time:       Fri, 02 Jan 2026 12:00:00 +0200\n") {
		t.Errorf("10 o'clock is not 12 two hours to the east:\n%s", text)
	}
}

func TestNothingBreaksTheLayout(t *testing.T) {
	e := examples(t)["bare"]
	e.Pod.Annotations = map[string]string{"evil": "a\tb\vc\fd\x1b[2J\re\u2028f\u202eg\u0085h", "plain": "x"}
	e.Pod.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "EVIL", Value: "a\tb\vc\xff"}}
	e.Pod.Spec.Containers[0].Args = []string{"a\tb\fc"}
	got := inspect.Pod(&e.Pod, nil, noon)
	for _, want := range []string{
		"\nAnnotations:  evil:" + strings.Join([]string{"", "  a    b", "  c", "  d", "  e", "  fg", "  h", "plain: x"}, "\n              ") + "\nStatus: ",
		"\n    Args:\n      a    b\n      c\n    Environment:\n",
		"\n      EVIL:      a    b\n                 c\ufffd\n    Mounts: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestAnnotationIsNotCutWithinACharacter(t *testing.T) {
	pod := &corev1.Pod{}
	pod.Annotations = map[string]string{"long": strings.Repeat("é", 100)}
	if want := "  " + strings.Repeat("é", 69) + "...\n"; !strings.Contains(inspect.Pod(pod, nil, noon), want) {
		t.Errorf("%s is missing in\n%s", want, inspect.Pod(pod, nil, noon))
	}
	pod.Annotations["long"] = "x" + pod.Annotations["long"]
	if want := "  x" + strings.Repeat("é", 68) + "...\n"; !strings.Contains(inspect.Pod(pod, nil, noon), want) {
		t.Errorf("%s is missing in\n%s", want, inspect.Pod(pod, nil, noon))
	}
}

func TestVolumesThatNoChainHas(t *testing.T) {
	pod := &corev1.Pod{}
	pod.Spec.Volumes = []corev1.Volume{
		{Name: "disk", VolumeSource: corev1.VolumeSource{ISCSI: &corev1.ISCSIVolumeSource{}}},
		{Name: "new"},
	}
	if want := "\n  disk:\n    Type:  ISCSI (see the YAML)\n  new:\n  <unknown>\nQoS"; !strings.Contains(inspect.Pod(pod, nil, noon), want) {
		t.Errorf("%s is missing in\n%s", want, inspect.Pod(pod, nil, noon))
	}
}
