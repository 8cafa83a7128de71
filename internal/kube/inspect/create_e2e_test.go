//go:build e2e

package inspect_test

import (
	"context"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// create makes a pod of testdata, and events about it and about an earlier one of its name.
func create(t *testing.T, c *kube.Cluster, e example) {
	t.Helper()
	core := kubetest.Clientset(c).CoreV1()
	pods := core.Pods(c.Namespace)
	pod := e.Pod.DeepCopy()
	pod.Namespace, pod.DeletionTimestamp, pod.DeletionGracePeriodSeconds = c.Namespace, nil, nil
	pod.Spec.SchedulerName, pod.Spec.EphemeralContainers = "nobody", nil
	pod.Spec.RuntimeClassName, pod.OwnerReferences = nil, nil // they would have to exist
	made, err := pods.Create(t.Context(), pod, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(pod.Finalizers) > 0 {
		t.Cleanup(func() {
			if _, err := pods.Patch(context.WithoutCancel(t.Context()), pod.Name, types.MergePatchType, []byte(`{"metadata":{"finalizers":null}}`), metav1.PatchOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
	if made.Spec.EphemeralContainers = e.Pod.Spec.EphemeralContainers; made.Spec.EphemeralContainers != nil {
		if made, err = pods.UpdateEphemeralContainers(t.Context(), made.Name, made, metav1.UpdateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	made.Status = e.Pod.Status
	if made, err = pods.UpdateStatus(t.Context(), made, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	if e.Pod.DeletionTimestamp != nil {
		if err := pods.Delete(t.Context(), made.Name, metav1.DeleteOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	earlier := corev1.Event{Type: "Normal", Reason: "Earlier", Message: "about another pod of this name", InvolvedObject: corev1.ObjectReference{UID: "another"}}
	for _, event := range append([]corev1.Event{earlier}, e.Events...) {
		about := &event.InvolvedObject
		about.APIVersion, about.Kind, about.Namespace, about.Name = "v1", "Pod", c.Namespace, made.Name
		if about.UID == "" {
			about.UID = made.UID
		}
		event.ObjectMeta = metav1.ObjectMeta{GenerateName: made.Name + ".", Namespace: c.Namespace}
		if _, err := core.Events(c.Namespace).Create(t.Context(), &event, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}
