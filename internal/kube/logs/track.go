package logs

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// key names a container for its pod's life.
type key struct{ uid, container string }

// track starts a reader for each container as it starts, and keeps the readers told of what becomes of it.
func (s *Stream) track(ctx context.Context, snapshots <-chan *state.Snapshot) {
	defer s.merge.finish()
	readers := map[key]*reader{}
	for first := true; ; {
		var snapshot *state.Snapshot
		var ok bool
		select {
		case <-ctx.Done():
			return
		case snapshot, ok = <-snapshots:
		}
		if !ok { // nobody tells any more what becomes of the pods
			s.cancel()
			return
		}
		switch snapshot.Conn.Phase {
		case state.Unusable, state.Forbidden:
			if snapshot.Conn.Cause != nil {
				s.fail(snapshot.Conn.Cause)
				return
			}
		case state.Connecting:
			continue
		}
		s.update(ctx, readers, snapshot, first)
		if !s.opts.Follow {
			return
		}
		first = false
	}
}

// update compares the readers with the containers there are.
func (s *Stream) update(ctx context.Context, readers map[key]*reader, snapshot *state.Snapshot, first bool) {
	seen := map[key]bool{}
	skipped := 0
	for pod, container := range s.wanted(snapshot) {
		k := key{pod.UID, container.Name}
		seen[k] = true
		r := readers[k]
		switch {
		case r != nil:
			r.tell(container, pod.Deleting)
			continue
		case container.Started.IsZero() && container.Restarts == 0 && container.State != "terminated":
			continue // it has no log yet
		case s.opts.Previous && container.Restarts == 0:
			continue
		case len(readers) >= s.opts.MaxStreams:
			skipped++
			continue
		}
		r = &reader{s: s, pod: *pod, container: container.Name, changed: make(chan struct{}, 1), queue: s.merge.add(), first: first}
		r.tell(container, pod.Deleting)
		r.read = container.Restarts
		readers[k] = r
		s.start(ctx, r)
	}
	for k, r := range readers {
		if !seen[k] {
			r.gone()
			delete(readers, k)
		}
	}
	if first && skipped > 0 {
		q := s.merge.add()
		_ = q.put(ctx, note(fmt.Sprintf("%d containers are left out: at most %d are read at once", skipped, s.opts.MaxStreams)))
		q.close()
	}
}

func (s *Stream) start(ctx context.Context, r *reader) {
	s.group.Go(func() {
		defer r.queue.close()
		defer func() {
			if p := recover(); p != nil {
				err := fmt.Errorf("internal error: %v", p)
				utilruntime.HandleErrorWithContext(ctx, err, "panic in a log reader", "stack", string(debug.Stack()))
				s.fail(err)
			}
		}()
		s.fail(r.run(ctx))
	})
}

// wanted are the containers whose logs are asked for, with their pods.
func (s *Stream) wanted(snapshot *state.Snapshot) func(yield func(*state.Pod, *state.Container) bool) {
	return func(yield func(*state.Pod, *state.Container) bool) {
		for _, w := range workloads(snapshot, s.opts.Services, s.opts.Pod != "") {
			for i := range w.Pods {
				pod := &w.Pods[i]
				if s.opts.Pod != "" && pod.Name != s.opts.Pod {
					continue
				}
				for j := range pod.Containers {
					c := &pod.Containers[j]
					if s.opts.Container == "" && c.Init || s.opts.Container != "" && c.Name != s.opts.Container {
						continue
					}
					if !yield(pod, c) {
						return
					}
				}
			}
		}
	}
}

// workloads are those behind the Services; all links' (those to be pruned too) when none is named, or really all.
func workloads(snapshot *state.Snapshot, services []string, all bool) (list []*state.Workload) {
	add := func(w *state.Workload, isLink bool) {
		if w != nil && (len(services) == 0 && (isLink || all) || slices.Contains(services, w.Service)) {
			list = append(list, w)
		}
	}
	for i := range snapshot.Links {
		add(&snapshot.Links[i].Workload, true)
	}
	for i := range snapshot.Extra {
		add(&snapshot.Extra[i], true)
	}
	add(snapshot.Collect, false)
	add(snapshot.Load, false)
	return list
}

func note(text string) Line { return Line{Time: time.Now(), Link: -1, Text: text, Note: true} }

// instance is what a snapshot says of a reader's container.
type instance struct {
	restarts int32
	running  bool
	deleting bool
	gone     bool // the pod is
}

// latest is an instance under a lock.
type latest struct {
	mu  sync.Mutex
	now instance
}
