package state

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Verdict is what a workload's rollout comes to, and why.
type Verdict struct {
	Status          Status
	Reason, Message string
	Container, Pod  string // at fault
}

// Rollout judges d by its status and, while it is not ready, by the pods of its newest ReplicaSet. The rules are those
// of kubectl rollout status (k8s.io/kubectl, polymorphichelpers) and of kstatus (sigs.k8s.io/cli-utils), made stricter
// where a nil status would pass; the first one that matches decides.
func Rollout(d *Deployment, current []Pod) Verdict {
	progressing, available := find(d.Conditions, "Progressing"), find(d.Conditions, "Available")
	switch {
	case d.Deleting:
		return Verdict{Status: Terminating, Message: "being deleted"}
	case d.Observed == 0 || d.Observed < d.Generation:
		return Verdict{Status: InProgress, Message: fmt.Sprintf("the Deployment controller has not seen generation %d yet", d.Generation)}
	case d.Paused:
		return Verdict{Status: Paused, Message: fmt.Sprintf("paused with %d of %d pods updated", d.Updated, d.Desired)}
	case d.Desired == 0:
		return Verdict{Status: ScaledToZero, Message: "scaled to 0: no pod serves it"}
	case progressing.Reason == "ProgressDeadlineExceeded":
		return failed(d, progressing, current)
	}
	if waits := waitsFor(d, current); waits != "" {
		return inProgress(d, current, waits)
	}
	complete := progressing.Reason == "NewReplicaSetAvailable" || (progressing.Type == "" && d.NoDeadline)
	if available.Status == "True" && complete {
		return Verdict{Status: Ready, Message: fmt.Sprintf("%d of %d pods ready", d.Ready, d.Desired)}
	}
	return inProgress(d, current, "the Deployment controller is about to finish the rollout")
}

// waitsFor tells with numbers what the rollout waits for; empty when the numbers are right.
func waitsFor(d *Deployment, current []Pod) string {
	switch {
	case d.Desired > d.Replicas:
		return fmt.Sprintf("%d of %d pods created", d.Replicas, d.Desired)
	case d.Desired > d.Updated:
		return fmt.Sprintf("%d of %d pods updated", d.Updated, d.Desired)
	case d.Replicas > d.Desired:
		old := fmt.Sprintf("%d old %s still to end", d.Replicas-d.Desired, plural(d.Replicas-d.Desired, "pod"))
		if unready(current) != nil { // which is what keeps the old ones
			return "a new pod is not ready, " + old
		}
		return old
	case d.Updated > d.Available:
		return fmt.Sprintf("%d of %d updated pods available", d.Available, d.Updated)
	case d.Desired > d.Ready:
		return fmt.Sprintf("%d of %d pods ready", d.Ready, d.Desired)
	}
	return ""
}

// inProgress is a rollout under way, or one that its pods, or whoever refuses to create them, won't let end.
func inProgress(d *Deployment, current []Pod, waits string) Verdict {
	v := Verdict{Status: InProgress, Message: waits}
	if f, ok := firstFailure(current, d.Desired); ok {
		v = Verdict{Status: Failing, Reason: f.reason, Container: f.container, Pod: f.pod, Message: f.text() + " (" + waits + ")"}
	} else if c := find(d.Conditions, "ReplicaFailure"); c.Status == "True" {
		v = Verdict{Status: Failing, Reason: c.Reason, Message: c.Message + " (" + waits + ")"}
	} else if p := unready(current); p != nil {
		v.Pod = p.Name
	}
	return v
}

// unready is the first of the newest ReplicaSet's pods that is still to become ready; nil for none.
func unready(current []Pod) *Pod {
	for i := range current {
		if p := &current[i]; p.active() && !p.Ready {
			return p
		}
	}
	return nil
}

// failed is a rollout that the Deployment controller gave up. Its pods say why better than the deadline.
func failed(d *Deployment, progressing Condition, current []Pod) Verdict {
	deadline := fmt.Sprintf("no progress within %d s", d.DeadlineSec)
	if d.DeadlineSec == 0 {
		deadline = "no progress within its deadline"
	}
	if waits := waitsFor(d, current); waits != "" {
		deadline += ", " + waits
	}
	v := inProgress(d, current, deadline)
	if v.Reason == "" {
		v.Reason = progressing.Reason
	}
	v.Status = Failed
	return v
}

// bare judges a Pod that no Deployment keeps: the load generator of the original's tool.
func bare(p *Pod) Verdict {
	v := Verdict{Status: InProgress, Pod: p.Name, Reason: p.Reason, Message: p.Message}
	switch f, failing := failureOf(p); {
	case p.Deleting:
		v.Status, v.Message = Terminating, "being deleted"
	case p.Phase == "Succeeded":
		v.Status, v.Reason, v.Message = Failed, p.State, "the pod has ended; nothing starts it again"
	case p.Phase == "Failed":
		v.Status, v.Reason, v.Message = Failed, p.State, "the pod has failed; nothing starts it again"
	case p.Ready:
		v.Status, v.Message = Ready, "1 of 1 pods ready"
	case failing:
		v.Status, v.Reason, v.Container, v.Message = Failing, f.reason, f.container, f.text()
	}
	v.Message = sanitise.Line(v.Message)
	return v
}

func plural(n int32, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
