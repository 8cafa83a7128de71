package state

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// PodOf is p as a Snapshot shows it. Current and Link are not known from the pod alone: Link is -1, Current false.
func PodOf(p *corev1.Pod) Pod {
	pod := Pod{
		Name:     p.Name,
		UID:      string(p.UID),
		Link:     -1,
		Service:  ServiceOf(p.Labels),
		Node:     p.Spec.NodeName,
		IP:       p.Status.PodIP,
		Phase:    string(p.Status.Phase),
		State:    sanitise.Line(Column(p)),
		Created:  p.CreationTimestamp.Time,
		Deleting: p.DeletionTimestamp != nil,
		Config:   sanitise.Line(p.Annotations[chain.SyncAnnotation]),
		Restarts: restarts(p),
	}
	for _, o := range p.OwnerReferences {
		if o.Controller != nil && *o.Controller {
			pod.Owner = o.Name
		}
	}
	for _, c := range p.Status.Conditions {
		pod.Conditions = append(pod.Conditions, Condition{
			Type: string(c.Type), Status: string(c.Status), Since: c.LastTransitionTime.Time,
			Reason: sanitise.Line(c.Reason), Message: sanitise.Line(c.Message),
		})
		if c.Type == corev1.PodReady {
			pod.Ready = c.Status == corev1.ConditionTrue
		}
	}
	pod.Containers = make([]Container, 0, len(p.Spec.InitContainers)+len(p.Spec.Containers))
	for i := range p.Spec.InitContainers {
		pod.container(&p.Spec.InitContainers[i], p.Status.InitContainerStatuses, true)
	}
	for i := range p.Spec.Containers {
		pod.container(&p.Spec.Containers[i], p.Status.ContainerStatuses, false)
	}
	if !pod.Ready {
		pod.Reason, pod.Message = pod.why(sanitise.Line(p.Status.Reason), sanitise.Line(p.Status.Message))
	}
	return pod
}

func (p *Pod) container(spec *corev1.Container, statuses []corev1.ContainerStatus, init bool) {
	c := Container{Name: spec.Name, Image: sanitise.Line(spec.Image), Init: init}
	for i := range statuses {
		if s := &statuses[i]; s.Name == spec.Name {
			c.fill(s)
			if t := s.LastTerminationState.Terminated; t != nil {
				p.exit(t)
			}
			if t := s.State.Terminated; t != nil && !init {
				p.exit(t)
			}
			break
		}
	}
	p.Containers = append(p.Containers, c)
}

func (c *Container) fill(s *corev1.ContainerStatus) {
	c.Ready, c.Restarts = s.Ready, s.RestartCount
	switch {
	case s.State.Running != nil:
		c.State, c.Started = "running", s.State.Running.StartedAt.Time
	case s.State.Terminated != nil:
		t := s.State.Terminated
		c.State, c.ExitCode, c.Started = "terminated", t.ExitCode, t.StartedAt.Time
		c.Reason, c.Message = sanitise.Line(t.Reason), sanitise.Line(t.Message)
	case s.State.Waiting != nil:
		c.State = "waiting"
		c.Reason, c.Message = sanitise.Line(s.State.Waiting.Reason), sanitise.Line(s.State.Waiting.Message)
	}
	if t := s.LastTerminationState.Terminated; t != nil {
		c.LastExit = exitText(t)
	}
}

// exit keeps the last termination of any container.
func (p *Pod) exit(t *corev1.ContainerStateTerminated) {
	if p.LastExit == "" || t.FinishedAt.After(p.LastExitAt) {
		p.LastExit, p.LastExitAt = exitText(t), t.FinishedAt.Time
	}
}

func exitText(t *corev1.ContainerStateTerminated) string {
	if t.Signal != 0 {
		return fmt.Sprintf("%s (signal %d)", sanitise.Line(t.Reason), t.Signal)
	}
	return fmt.Sprintf("%s (%d)", sanitise.Line(t.Reason), t.ExitCode)
}

// Condition is the pod's condition of that type; the zero value when it has none.
func (p *Pod) Condition(kind string) Condition { return find(p.Conditions, kind) }

func find(all []Condition, kind string) Condition {
	for _, c := range all {
		if c.Type == kind {
			return c
		}
	}
	return Condition{}
}

// why tells what keeps a pod from being ready: the first cause on its way from the scheduler to its readiness probe.
func (p *Pod) why(reason, message string) (string, string) {
	if p.Deleting {
		return "", ""
	}
	if reason != "" { // such as Evicted, NodeLost
		return reason, message
	}
	if c := p.Condition(string(corev1.PodScheduled)); c.Status == string(corev1.ConditionFalse) {
		return c.Reason, c.Message
	}
	for i := range p.Containers {
		c := &p.Containers[i]
		done := c.Init && (c.Ready || c.State == "terminated" && c.ExitCode == 0 || c.State == "running")
		if !done && c.State != "running" && c.Reason != "" && c.Reason != "PodInitializing" {
			return c.Reason, c.Message
		}
	}
	if c := p.Condition(string(corev1.PodReady)); c.Status == string(corev1.ConditionFalse) {
		return c.Reason, c.Message
	}
	return "", ""
}

// NotReadySince is when the pod was last ready, or began; it is the API server's clock.
func (p *Pod) NotReadySince() time.Time {
	if c := p.Condition(string(corev1.PodReady)); c.Status == string(corev1.ConditionFalse) {
		return c.Since
	}
	return p.Created
}
