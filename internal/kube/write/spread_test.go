package write

import (
	"errors"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/chaintui/chaintui/internal/chain"
)

func TestJudge(t *testing.T) {
	pods := schema.GroupResource{Resource: "pods"}
	denied := apierrors.NewForbidden(schema.GroupResource{Resource: "pods/proxy"}, "a", errors.New(`User "viewer" cannot get resource "pods/proxy" in API group "" in the namespace "demo"`))
	for _, tc := range []struct {
		name string
		body string
		err  error
		want verdict
	}{
		{"the new configuration", `{"service":"a","config":"d1"}`, nil, loaded},
		{"one that came after it", `{"service":"a","config":"d2"}`, nil, loaded},
		{"an older one", `{"service":"a","config":"d0"}`, nil, old},
		{"none yet", `{"config":""}`, nil, old},
		{"another program's answer", `{"hello":1}`, nil, unable},
		{"a page", `<html>`, nil, unable},
		{"the pod has gone", "", apierrors.NewNotFound(pods, "a"), gone},
		{"the app has no /state", "", apierrors.NewGenericServerResponse(404, "get", pods, "a", "Not Found", 0, true), unable},
		{"the app refuses GET", "", apierrors.NewGenericServerResponse(405, "get", pods, "a", "", 0, true), unable},
		{"no connection", "", apierrors.NewServiceUnavailable("error trying to reach service"), old},
		{"no right", "", denied, hidden},
	} {
		if got := judge([]byte(tc.body), tc.err, map[string]bool{"d1": true, "d2": true}); got != tc.want {
			t.Errorf("%s: %d; want %d", tc.name, got, tc.want)
		}
	}
}

// What somebody else publishes meanwhile counts as long as it says the same order.
func TestNews(t *testing.T) {
	data := func(links int, rate float64) map[string]string {
		return chain.Live{Order: chain.NewOrder(links), Load: &chain.Load{Rate: rate}}.Data()
	}
	n := newsOf(data(3, 1))
	for _, tc := range []struct {
		name  string
		heard map[string]string
		will  bool
	}{
		{"the same", data(3, 1), true}, {"another rate", data(3, 2), true}, {"another order", data(4, 2), false}, {"nothing", nil, false},
	} {
		before := n.digest
		n.hear(tc.heard)
		digest := chain.Digest(tc.heard)
		if n.digests[digest] != tc.will || tc.will && n.digest != digest || !tc.will && n.digest != before {
			t.Errorf("%s: %+v", tc.name, n)
		}
	}
	if !n.digests[chain.Digest(data(3, 1))] {
		t.Error("a pod that has loaded the first counts no longer")
	}
}

func TestMountedPod(t *testing.T) {
	running := []corev1.ContainerStatus{{State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}}}
	waiting := []corev1.ContainerStatus{{}}
	now := metav1.Now()
	owned := []metav1.OwnerReference{{Kind: "ReplicaSet"}}
	for _, tc := range []struct {
		name string
		pod  corev1.Pod
		link int
		want bool
	}{
		{"a link", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.Selector(3)}, Status: corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: running}}, 3, true},
		{"one that goes", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.Selector(3), DeletionTimestamp: &now}, Status: corev1.PodStatus{Phase: corev1.PodRunning}}, 0, false},
		{"one that starts", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.Selector(3)}, Status: corev1.PodStatus{Phase: corev1.PodPending}}, 0, false},
		{"one that crashes", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.Selector(3)}, Status: corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: waiting}}, 0, false},
		{"the collector", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.CollectorSelector()}, Status: corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: running}}, 0, false},
		{"the load generator", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.LoadSelector(), OwnerReferences: owned}, Status: corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: running}}, -1, true},
		{"the original's", corev1.Pod{ObjectMeta: metav1.ObjectMeta{Labels: chain.LoadSelector()}, Status: corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: running}}, 0, false},
	} {
		got, ok := mountedPod(&tc.pod)
		if ok != tc.want || ok && got.link != tc.link {
			t.Errorf("%s: %+v, %v", tc.name, got, ok)
		}
	}
}
