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
		if got := judge([]byte(tc.body), tc.err, "d1"); got != tc.want {
			t.Errorf("%s: %d; want %d", tc.name, got, tc.want)
		}
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
