package validate

import (
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// settled is what waiting for rollouts has come to.
type settled int

const (
	waiting settled = iota
	ready
	broken
)

// CheckRollouts judges every link, the collector and the load generator. While one of them is on its way and none has
// failed for longer than the grace, done is false: there is something to wait for.
func CheckRollouts(s *state.Snapshot, now time.Time, grace time.Duration) (v Verdict, done bool) {
	var failing, waits []Finding
	count := 0
	for _, w := range workloads(s) {
		count++
		switch judge(w.Workload, now, grace) {
		case broken:
			failing = append(failing, w.finding())
		case waiting:
			waits = append(waits, w.finding())
		case ready:
		}
	}
	switch {
	case len(failing) > 0:
		return fail(Rollouts, inOrder(failing)...), true
	case len(waits) > 0:
		v = fail(Rollouts, inOrder(waits)...)
		v.Status = Timeout
		return v, false
	}
	return pass(Rollouts, fmt.Sprintf("%d of %d ready", count, count)), true
}

// judge tells whether there is any sense in waiting for a workload.
func judge(w *state.Workload, now time.Time, grace time.Duration) settled {
	switch w.Status {
	case state.Ready:
		return ready
	case state.ScaledToZero, state.Paused, state.Failed, state.Unknown:
		return broken
	case state.Failing, state.Missing:
		if now.Sub(w.Since) >= grace {
			return broken
		}
	}
	return waiting
}

// workload is a workload with what reports call it.
type workload struct {
	*state.Workload
	link int // -1 for none
}

func workloads(s *state.Snapshot) []workload {
	list := make([]workload, 0, len(s.Links)+2)
	for i := range s.Links {
		list = append(list, workload{&s.Links[i].Workload, s.Links[i].Index})
	}
	for _, w := range []*state.Workload{s.Collect, s.Load} {
		if w != nil {
			list = append(list, workload{w, -1})
		}
	}
	return list
}

// object is the Service's name, which is the link's on the wire, else the Deployment's.
func (w *workload) object() string {
	if w.Service != "" {
		return w.Service
	}
	return w.Name
}

func (w *workload) finding() Finding {
	f := Finding{Link: w.link, Object: w.object(), Pod: w.Pod, Container: w.Container, Reason: w.Reason, Message: w.Message}
	if w.Status != state.Failing && w.Status != state.InProgress && f.Reason == "" {
		f.Reason = string(w.Status)
	}
	if f.Message == "" {
		f.Message = string(w.Status)
	}
	f.Hint = hint(w)
	return f
}

// hint says what usually helps.
func hint(w *workload) string {
	link := fmt.Sprint(w.link)
	if w.link < 0 {
		link = w.object()
	}
	if w.link < 0 && (w.Status == state.ScaledToZero || w.Status == state.Paused) {
		return "chaintui deploy --force-conflicts puts it right"
	}
	switch w.Status {
	case state.ScaledToZero:
		return "chaintui scale " + link + " 1 --force-conflicts"
	case state.Paused:
		return "chaintui resume " + link + " --force-conflicts"
	case state.Missing:
		return "chaintui deploy creates what is missing"
	}
	switch w.Reason {
	case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull":
		return fmt.Sprintf("is %s the right image, and can the nodes pull it? A local one has to be loaded into them", w.Image)
	case "CrashLoopBackOff", "RunContainerError", "StartError":
		return "chaintui logs " + link + " --previous"
	case "Unschedulable":
		return roomFor(w)
	case "CreateContainerConfigError":
		return "kubectl describe pod " + w.Pod
	case "FailedCreate":
		return "a quota or an admission policy refuses the pods; once it lets them pass, chaintui redeploy does not wait for the next try"
	}
	if w.Status == state.InProgress && w.Pod != "" {
		return "kubectl describe pod " + w.Pod
	}
	return ""
}

// roomFor says what to do about a pod that no node takes, by the scheduler's words.
func roomFor(w *workload) string {
	switch {
	case strings.Contains(w.Message, "affinity/selector"):
		return "kubectl get nodes --show-labels: none has the labels that --node-selector, or somebody else, wants"
	case strings.Contains(w.Message, "untolerated taint"):
		return "kubectl describe nodes: --toleration lets pods onto nodes with a taint"
	}
	return "kubectl get nodes; lower the requests (--cpu-request, --memory-request), or free a node"
}
