package state

import (
	"fmt"
	"strconv"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
)

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func yes() *bool { v := true; return &v }

// pod is a running, ready pod of link 1.
func pod(name, replicaSet string) *corev1.Pod {
	p := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID("uid-" + name), Labels: chain.Selector(1), CreationTimestamp: metav1.NewTime(epoch)},
		Spec:       corev1.PodSpec{NodeName: "node-a", Containers: []corev1.Container{{Name: "chain-link", Image: "link:1"}}},
		Status: corev1.PodStatus{
			Phase:      corev1.PodRunning,
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
			ContainerStatuses: []corev1.ContainerStatus{{
				Name: "chain-link", Ready: true, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}},
			}},
		},
	}
	if replicaSet != "" {
		p.OwnerReferences = []metav1.OwnerReference{{Kind: "ReplicaSet", Name: replicaSet, Controller: yes()}}
	}
	return p
}

// link is the objects of link i as a real cluster has them: of n ready pods, and one ReplicaSet before theirs. labelled
// says whether its Deployment carries chaintui's labels.
func link(i, n int, labelled bool) []metav1.Object {
	replicas := int32(n)
	d := &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{
			Name: chain.DeploymentName(i), UID: types.UID("d" + strconv.Itoa(i)), Generation: 2, CreationTimestamp: metav1.NewTime(epoch),
			Annotations: map[string]string{revision: "2"},
		},
		Spec: appsv1.DeploymentSpec{Replicas: &replicas},
		Status: appsv1.DeploymentStatus{
			ObservedGeneration: 2, Replicas: replicas, UpdatedReplicas: replicas, ReadyReplicas: replicas, AvailableReplicas: replicas,
			Conditions: []appsv1.DeploymentCondition{
				{Type: "Available", Status: "True", LastTransitionTime: metav1.NewTime(epoch.Add(time.Minute))},
				{Type: "Progressing", Status: "True", Reason: "NewReplicaSetAvailable"},
			},
		},
	}
	d.Spec.Template.Labels = chain.Selector(i)
	d.Spec.Template.Spec.Containers = []corev1.Container{{Name: "chain-link", Image: "link:1"}}
	if labelled {
		d.Labels = map[string]string{chain.ManagedByLabel: chain.Manager}
	}
	objects := []metav1.Object{d, &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: chain.ServiceName(i), Labels: chain.Selector(i)}}}
	for r := 1; r <= 2; r++ {
		rs := &appsv1.ReplicaSet{ObjectMeta: metav1.ObjectMeta{
			Name: fmt.Sprintf("%s-%d", d.Name, r), Labels: chain.Selector(i), Annotations: map[string]string{revision: strconv.Itoa(r)},
			OwnerReferences: []metav1.OwnerReference{{Kind: "Deployment", Name: d.Name, UID: d.UID, Controller: yes()}},
		}}
		rs.Spec.Template.Labels = chain.Selector(i)
		objects = append(objects, rs)
	}
	slice := &discoveryv1.EndpointSlice{
		ObjectMeta:  metav1.ObjectMeta{Name: chain.ServiceName(i) + "-x", Labels: map[string]string{discoveryv1.LabelServiceName: chain.ServiceName(i)}},
		AddressType: discoveryv1.AddressTypeIPv4,
	}
	for j := range n {
		p := pod(fmt.Sprintf("%s-2-%d", d.Name, j), d.Name+"-2")
		p.Labels = chain.Selector(i)
		objects = append(objects, p)
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{Conditions: discoveryv1.EndpointConditions{Ready: yes()}})
	}
	return append(objects, slice)
}

func configMap(order string) *corev1.ConfigMap {
	return &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: chain.ConfigMap}, Data: map[string]string{chain.OrderKey: order}}
}

func releaseMap(n, links int) *corev1.ConfigMap {
	r := chain.Release{Number: n, Author: "dev\x1b[31m", Outcome: "healthy\x1b[2J", Spec: chain.Default()}
	r.Spec.Resize(links)
	text, _ := r.Encode()
	return &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: chain.ReleaseName(n)}, Data: map[string]string{chain.ReleaseKey: text}}
}
