package write

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Pods that do not end are named, first one that never will by itself.
func TestWhoseEndIsWaitedForInVain(t *testing.T) {
	pod := func(name, node string, finalizers ...string) corev1.Pod {
		return corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Finalizers: finalizers}, Spec: corev1.PodSpec{NodeName: node}}
	}
	for _, c := range []struct {
		pods []corev1.Pod
		want string
	}{
		{[]corev1.Pod{pod("a", "node-1")}, "pod a is still on node node-1"},
		{[]corev1.Pod{pod("a", "node-1"), pod("b", "node-1", "example.org/\x1b[2Jhold")}, "pod b is held by the finalizer example.org/"},
		{[]corev1.Pod{pod("a", ""), pod("b", "")}, "pod a (and 1 more)"},
	} {
		if got := lingering(c.pods); !strings.HasPrefix(got, c.want) || strings.Contains(got, "\x1b") {
			t.Errorf("%q; want it to begin with %q", got, c.want)
		}
	}
}
