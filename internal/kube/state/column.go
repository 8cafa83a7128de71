package state

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Column is what the STATUS column of `kubectl get pods` says of p, by the same rules (k8s.io/kubernetes,
// pkg/printers/internalversion, printPod): the pod's phase or reason, which its containers' states override, a failing
// init container over all, and its deletion over everything.
func Column(p *corev1.Pod) string {
	column := string(p.Status.Phase)
	if p.Status.Reason != "" {
		column = p.Status.Reason
	}
	if c := podCondition(p, corev1.PodScheduled); c != nil && c.Reason == corev1.PodReasonSchedulingGated {
		column = corev1.PodReasonSchedulingGated
	}
	init, initialising := initColumn(p)
	if initialising {
		column = init
	}
	if !initialising || isTrue(p, corev1.PodInitialized) {
		column = containersColumn(p, column)
	}
	ended := p.Status.Phase == corev1.PodSucceeded || p.Status.Phase == corev1.PodFailed
	switch {
	case p.DeletionTimestamp != nil && p.Status.Reason == "NodeLost":
		return "Unknown"
	case p.DeletionTimestamp != nil && !ended:
		return "Terminating"
	}
	return column
}

// initColumn is the state of the first init container that is not done.
func initColumn(p *corev1.Pod) (column string, initialising bool) {
	for i := range p.Status.InitContainerStatuses {
		s := &p.Status.InitContainerStatuses[i]
		switch t, w := s.State.Terminated, s.State.Waiting; {
		case t != nil && t.ExitCode == 0, sidecar(p, s.Name) && s.Started != nil && *s.Started:
			continue
		case t != nil:
			return "Init:" + terminated(t), true
		case w != nil && w.Reason != "" && w.Reason != "PodInitializing":
			return "Init:" + w.Reason, true
		}
		return fmt.Sprintf("Init:%d/%d", i, len(p.Spec.InitContainers)), true
	}
	return "", false
}

// containersColumn is the state of the first container that is not running, or column when all are.
func containersColumn(p *corev1.Pod, column string) string {
	running, failure := false, ""
	for _, s := range slices.Backward(p.Status.ContainerStatuses) {
		switch t, w := s.State.Terminated, s.State.Waiting; {
		case w != nil && w.Reason != "":
			column = w.Reason
		case t != nil:
			column = terminated(t)
			if t.ExitCode != 0 {
				failure = column
			}
		case s.Ready && s.State.Running != nil:
			running = true
		}
	}
	if column != "Completed" { // one that is done says nothing while another runs or has failed
		return column
	}
	switch {
	case running && isTrue(p, corev1.PodReady):
		return "Running"
	case failure != "":
		return failure
	case running:
		return "NotReady"
	}
	return column
}

func terminated(t *corev1.ContainerStateTerminated) string {
	switch {
	case t.Reason != "":
		return t.Reason
	case t.Signal != 0:
		return fmt.Sprintf("Signal:%d", t.Signal)
	}
	return fmt.Sprintf("ExitCode:%d", t.ExitCode)
}

// restarts is the RESTARTS column: of the init containers while they run, then of the sidecars and containers.
func restarts(p *corev1.Pod) (n int32) {
	_, initialising := initColumn(p)
	done := !initialising || isTrue(p, corev1.PodInitialized)
	for i := range p.Status.InitContainerStatuses {
		if s := &p.Status.InitContainerStatuses[i]; !done || sidecar(p, s.Name) {
			n += s.RestartCount
		}
	}
	if done {
		for i := range p.Status.ContainerStatuses {
			n += p.Status.ContainerStatuses[i].RestartCount
		}
	}
	return n
}

// sidecar tells whether the init container is one that goes on running.
func sidecar(p *corev1.Pod, name string) bool {
	for i := range p.Spec.InitContainers {
		if c := &p.Spec.InitContainers[i]; c.Name == name {
			return c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
		}
	}
	return false
}

func podCondition(p *corev1.Pod, kind corev1.PodConditionType) *corev1.PodCondition {
	for i := range p.Status.Conditions {
		if c := &p.Status.Conditions[i]; c.Type == kind {
			return c
		}
	}
	return nil
}

func isTrue(p *corev1.Pod, kind corev1.PodConditionType) bool {
	c := podCondition(p, kind)
	return c != nil && c.Status == corev1.ConditionTrue
}
