package state

import "time"

// history is what was seen of a workload before.
type history struct {
	status     Status
	since      time.Time
	failing    time.Time // since when it fails; zero when it was ready since
	exited     time.Time // when a container of its newest pods was first seen to have ended; zero when it was ready since
	generation int64
}

// settled is how long a pod is not ready before a failure that is met at the first look counts from when it began:
// below that it may be on its way up, and have failed this once.
const settled = time.Minute

// since is when the workload's status began. The builder's own observation counts, so that clocks need not agree; what
// was there at its first look is dated by the objects.
func (b *Builder) since(service string, w *Workload, newest ReplicaSet) time.Time {
	now := b.now
	h, seen := b.history[service]
	if !seen || h.status != w.Status || h.generation != w.Generation { // the condition of an older template may outlast it
		h.since = now
		if at := firstLook(w, newest); !seen && !at.IsZero() && at.Before(now) {
			h.since = at
		}
	}
	if h.generation != w.Generation { // a new template begins anew
		h.failing, h.exited = time.Time{}, time.Time{}
	}
	if h.exited.IsZero() && anyEnded(w.Pods) {
		h.exited = now
	}
	switch {
	case w.Status == Failing && h.failing.IsZero():
		h.failing = now
		if !h.exited.IsZero() { // the kubelet calls it a crash loop only when it has ended again
			h.failing = h.exited
		}
		if at := failingBefore(w); !seen && !at.IsZero() && now.Sub(at) > settled {
			h.failing = at
		}
	case w.Status != Failing && w.Status != InProgress:
		h.failing, h.exited = time.Time{}, time.Time{}
	}
	h.status, h.generation = w.Status, w.Generation
	b.history[service] = h
	if w.Status == Failing {
		return h.failing
	}
	return h.since
}

// firstLook dates a status that was there before the builder looked.
func firstLook(w *Workload, newest ReplicaSet) time.Time {
	switch w.Status {
	case Ready:
		kind := "Available"
		if w.Bare {
			kind = "Ready"
		}
		return find(w.Conditions, kind).Since
	case Failed:
		return find(w.Conditions, "Progressing").Since
	case InProgress:
		if !newest.Created.IsZero() {
			return newest.Created
		}
		return w.Created
	}
	return time.Time{}
}

// anyEnded tells whether a container of a pod of the newest ReplicaSet has ended and was not started again yet.
func anyEnded(pods []Pod) bool {
	for _, p := range currentOf(pods) {
		for i := range p.Containers {
			if c := &p.Containers[i]; !p.Deleting && !c.Init && c.State == "terminated" {
				return true
			}
		}
	}
	return false
}

// failingBefore is since when the pod at fault is not ready.
func failingBefore(w *Workload) time.Time {
	for i := range w.Pods {
		if w.Pods[i].Name == w.Pod {
			return w.Pods[i].NotReadySince()
		}
	}
	return find(w.Conditions, "ReplicaFailure").Since
}
