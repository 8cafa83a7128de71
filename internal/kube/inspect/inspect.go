// Package inspect shows pods as kubectl would: described, and as YAML.
package inspect

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// Inspector shows the pods of one namespace.
type Inspector struct{ Cluster *kube.Cluster }

// Describe is what `kubectl describe pod` prints, events included. Where they may not be read, the pod alone is described.
func (i Inspector) Describe(ctx context.Context, pod string) (string, error) {
	p, err := i.Cluster.Client.Pods(i.Cluster.Namespace).Get(ctx, pod, metav1.GetOptions{})
	if err != nil {
		return "", kube.Classify(err)
	}
	events, err := i.Cluster.Client.Events(i.Cluster.Namespace).List(ctx, metav1.ListOptions{FieldSelector: about(p).String()})
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		events = nil
	}
	return Pod(p, events, time.Now()), nil
}

// about selects the events of a pod, not those of an earlier one of the same name. A static pod's kubelet knows it by
// another UID than the API server.
func about(p *corev1.Pod) fields.Selector {
	uid := string(p.UID)
	if mirrored, ok := p.Annotations[corev1.MirrorPodAnnotationKey]; ok {
		uid = mirrored
	}
	return fields.Set{"involvedObject.name": p.Name, "involvedObject.namespace": p.Namespace, "involvedObject.uid": uid}.AsSelector()
}

// YAML is the pod as the API server has it, without managedFields.
func (i Inspector) YAML(ctx context.Context, pod string) (string, error) {
	data, err := i.Cluster.Client.JSON(corev1.SchemeGroupVersion.WithResource("pods"), i.Cluster.Namespace, pod).DoRaw(ctx)
	if err != nil {
		return "", kube.Classify(err)
	}
	object := new(unstructured.Unstructured)
	if err := object.UnmarshalJSON(data); err != nil {
		return "", err
	}
	object.SetManagedFields(nil)
	text, err := yaml.Marshal(object.Object)
	return sanitise.Text(string(text)), err
}
