//go:build e2e

package inspect_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/inspect"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// moment is a pod and its events at one time.
type moment struct {
	pod    *corev1.Pod
	events *corev1.EventList
}

func look(t *testing.T, c *kube.Cluster, name string) moment {
	t.Helper()
	core := kubetest.Clientset(c).CoreV1()
	pod, err := core.Pods(c.Namespace).Get(t.Context(), name, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	events, err := core.Events(c.Namespace).List(t.Context(), metav1.ListOptions{FieldSelector: "involvedObject.uid=" + string(pod.UID)})
	if err != nil {
		t.Fatal(err)
	}
	return moment{pod, events}
}

// same says that nothing happened in between.
func (m moment) same(later moment) bool {
	return cmp.Equal(m.pod, later.pod) && cmp.Equal(m.events.Items, later.events.Items)
}

// between returns what the pod's description was at some time from one to another, if text is one of them: its ages go by.
func (m moment) between(from, to time.Time, text string) (nearest string, is bool) {
	for now := from; !now.After(to.Add(10 * time.Millisecond)); now = now.Add(10 * time.Millisecond) {
		if nearest = inspect.Pod(m.pod, m.events, now); nearest == text {
			return nearest, true
		}
	}
	return nearest, false
}

// alike compares what is described here with what kubectl prints.
func alike(t *testing.T, c *kube.Cluster, name string) {
	t.Helper()
	for range 5 {
		was := look(t, c, name)
		from := time.Now()
		theirs := kubectl(t, "describe", "pod", name, "--namespace", c.Namespace)
		ours, err := inspect.Inspector{Cluster: c}.Describe(t.Context(), name)
		to := time.Now()
		if err != nil {
			t.Fatal(err)
		}
		if !was.same(look(t, c, name)) {
			continue
		}
		if nearest, ok := was.between(from, to, theirs); !ok {
			t.Errorf("kubectl prints otherwise:\n%s", cmp.Diff(strings.Split(theirs, "\n"), strings.Split(nearest, "\n")))
		}
		if nearest, ok := was.between(from, to, ours); !ok {
			t.Errorf("other events were read:\n%s", cmp.Diff(strings.Split(nearest, "\n"), strings.Split(ours, "\n")))
		}
		return
	}
	t.Fatalf("%s never stays the same", name)
}

func kubectl(t *testing.T, args ...string) string {
	t.Helper()
	args = append(append(strings.Fields(kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")), "kubectl"), args...)
	out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).Output()
	if err != nil {
		failed, _ := errors.AsType[*exec.ExitError](err)
		t.Fatalf("%v: %v\n%s", args, err, failed.Stderr)
	}
	return string(out)
}
