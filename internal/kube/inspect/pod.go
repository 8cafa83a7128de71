package inspect

import (
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// Pod describes a pod in the words of `kubectl describe pod` 1.36, as of now and in now's time zone. Events are left out
// when they are nil, which is not the same as none.
func Pod(pod *corev1.Pod, events *corev1.EventList, now time.Time) string {
	p := newPage(now)
	p.identity(pod)
	p.status(pod)
	if pod.Spec.Resources != nil {
		p.line(0, "Resources:")
		p.resources(1, pod.Spec.Resources)
	}
	p.allContainers(pod)
	p.conditions(pod)
	p.volumes(pod.Spec.Volumes)
	p.fields(0, field{"QoS Class", pod.Status.QOSClass})
	p.scheduling(&pod.Spec)
	if events != nil {
		p.events(events.Items)
	}
	return p.String()
}

// identity is what the pod is called, where it is, and since when.
func (p *page) identity(pod *corev1.Pod) {
	spec := &pod.Spec
	p.fields(0, field{"Name", pod.Name}, field{"Namespace", pod.Namespace})
	if spec.Priority != nil {
		p.fields(0, field{"Priority", *spec.Priority})
	}
	p.given(0, "Priority Class Name", spec.PriorityClassName)
	p.given(0, "Runtime Class Name", ptr.Deref(spec.RuntimeClassName, ""))
	p.given(0, "Service Account", spec.ServiceAccountName)
	node := none
	if spec.NodeName != "" {
		node = spec.NodeName + "/" + pod.Status.HostIP
	}
	p.fields(0, field{"Node", node})
	if pod.Status.StartTime != nil {
		p.fields(0, field{"Start Time", p.time(pod.Status.StartTime.Time)})
	}
	p.list(0, "Labels", labels(pod.Labels))
	p.list(0, "Annotations", annotations(pod.Annotations))
}

// status is how the pod is, its addresses and whom it belongs to.
func (p *page) status(pod *corev1.Pod) {
	status := &pod.Status
	if ended := status.Phase == corev1.PodFailed || status.Phase == corev1.PodSucceeded; pod.DeletionTimestamp != nil && !ended {
		p.line(0, "Status:", "Terminating (lasts "+p.since(pod.DeletionTimestamp.Time)+")")
		p.line(0, "Termination Grace Period:", seconds(ptr.Deref(pod.DeletionGracePeriodSeconds, 0)))
	} else {
		p.fields(0, field{"Status", status.Phase})
	}
	p.given(0, "Reason", status.Reason)
	p.given(0, "Message", status.Message)
	if security := pod.Spec.SecurityContext; security != nil {
		p.seccomp(0, 0, security.SeccompProfile)
	}
	p.fields(0, field{"IP", status.PodIP})
	if len(status.PodIPs) == 0 {
		p.line(0, "IPs:", none)
	} else {
		p.line(0, "IPs:")
	}
	for _, ip := range status.PodIPs {
		p.fields(1, field{"IP", ip.IP})
	}
	if owner := metav1.GetControllerOf(pod); owner != nil {
		p.fields(0, field{"Controlled By", owner.Kind + "/" + owner.Name})
	}
	p.given(0, "NominatedNodeName", status.NominatedNodeName)
}

// seccomp is a security profile; one from the node's disk is named at a level of its own.
func (p *page) seccomp(level, local int, profile *corev1.SeccompProfile) {
	if profile == nil {
		return
	}
	p.fields(level, field{"SeccompProfile", profile.Type})
	if profile.Type == corev1.SeccompProfileTypeLocalhost {
		p.fields(local, field{"LocalhostProfile", ptr.Deref(profile.LocalhostProfile, "")})
	}
}

// conditions are the pod's, before them those that its readiness waits for besides its containers.
func (p *page) conditions(pod *corev1.Pod) {
	if len(pod.Spec.ReadinessGates) > 0 {
		p.line(0, "Readiness Gates:")
		p.line(1, "Type", "Status")
	}
	for _, gate := range pod.Spec.ReadinessGates {
		status := none
		for _, c := range pod.Status.Conditions {
			if c.Type == gate.ConditionType {
				status = string(c.Status)
				break
			}
		}
		p.line(1, string(gate.ConditionType)+" ", status+" ")
	}
	if len(pod.Status.Conditions) > 0 {
		p.line(0, "Conditions:")
		p.line(1, "Type", "Status")
	}
	for _, c := range pod.Status.Conditions {
		p.line(1, string(c.Type)+" ", string(c.Status)+" ")
	}
}
