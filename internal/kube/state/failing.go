package state

import "fmt"

// hopeless are the reasons of a waiting container that say that it can't start as it is, or not for long: the kubelet's
// (k8s.io/kubernetes, pkg/kubelet/images and kuberuntime) for images that can't be had, for containers that can't be
// created or started, and for those that end again and again. One may be transient: whoever gives up on it grants it a
// while first.
var hopeless = map[string]bool{
	"ErrImagePull":               true,
	"ImagePullBackOff":           true,
	"InvalidImageName":           true,
	"ErrImageNeverPull":          true,
	"ImageInspectError":          true,
	"RegistryUnavailable":        true,
	"SignatureValidationFailed":  true,
	"CrashLoopBackOff":           true,
	"RunContainerError":          true,
	"CreateContainerConfigError": true,
	"CreateContainerError":       true,
	"StartError":                 true,
	"ContainerCannotRun":         true,
	"PostStartHookError":         true,
}

// begun are the reasons of a pod that is on its way: all pods have them at first.
var begun = map[string]bool{"ContainerCreating": true, "PodInitializing": true, "ContainersNotInitialized": true, "ContainersNotReady": true}

// Starting tells whether the pod is not ready yet, and nothing is known that keeps it from becoming so.
func (p *Pod) Starting() bool {
	if p.Ready || p.Phase == "Failed" || p.Reason != "" && !begun[p.Reason] {
		return false
	}
	_, fails := failureOf(p)
	return !fails
}

// failure is why a pod can't become ready as it is.
type failure struct {
	pod, container, reason, message string
	lastExit                        string
}

func (f failure) text() string {
	text := f.reason
	if f.container != "" {
		text = f.container + ": " + text
	}
	if f.message != "" {
		text += ": " + f.message
	}
	if f.lastExit != "" {
		text += "; last exit " + f.lastExit
	}
	return text
}

// failureOf tells whether the pod can't become ready as it is. A pod in phase Failed is told apart by its callers.
func failureOf(p *Pod) (failure, bool) {
	if p.Deleting || p.Ready {
		return failure{}, false
	}
	if c := p.Condition("PodScheduled"); c.Status == "False" && c.Reason == "Unschedulable" {
		return failure{pod: p.Name, reason: c.Reason, message: c.Message}, true
	}
	for i := range p.Containers {
		c := &p.Containers[i]
		if c.State != "running" && hopeless[c.Reason] {
			return failure{p.Name, c.Name, c.Reason, c.Message, c.LastExit}, true
		}
	}
	return failure{}, false
}

// active tells whether a ReplicaSet counts the pod: it replaces those that ended or are being deleted.
func (p *Pod) active() bool { return !p.Deleting && p.Phase != "Failed" && p.Phase != "Succeeded" }

// firstFailure is the first failure among the newest ReplicaSet's pods. A pod in phase Failed counts when too few
// others are there: else it is the remnant of one that was replaced, such as one that was evicted.
func firstFailure(current []Pod, desired int32) (failure, bool) {
	for i := range current {
		if f, ok := failureOf(&current[i]); ok && current[i].active() {
			return f, true
		}
	}
	for i := range current {
		if p := &current[i]; ended(current, desired) > 0 && p.Phase == "Failed" && !p.Deleting {
			message := p.Message
			if p.LastExit != "" {
				message = fmt.Sprintf("the pod has failed, %s", p.LastExit)
			}
			return failure{pod: p.Name, reason: p.State, message: message}, true
		}
	}
	return failure{}, false
}

// ended is how many pods in phase Failed stand where others should be.
func ended(current []Pod, desired int32) int32 {
	var active, failed int32
	for i := range current {
		switch p := &current[i]; {
		case p.active():
			active++
		case p.Phase == "Failed" && !p.Deleting:
			failed++
		}
	}
	return max(0, min(failed, desired-active))
}
