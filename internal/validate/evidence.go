package validate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
)

const (
	keptWarnings = 3
	keptLines    = 20
	explained    = 5 // findings of a check that get evidence; a chain of hundreds may break everywhere in the same way
)

// sampleLoad asks the load generator once, for CheckLoad to compare with.
func (r *run) sampleLoad(ctx context.Context) LoadSample {
	var l LoadSample
	if s := r.src.Watch.Latest(); r.src.Load == nil || s.Load == nil || s.Load.Bare {
		return l
	}
	l.Before, l.Err = r.src.Load(ctx)
	return l
}

// load asks again and judges. While the chain works, requests from before it did are waited for.
func (r *run) load(ctx context.Context, l LoadSample, works bool) {
	began := time.Now()
	s := r.src.Watch.Latest()
	switch {
	case r.src.Load == nil:
		r.add(skip(Load, "the load generator could not be asked"), began)
		return
	case s.Load != nil && !s.Load.Bare && s.Load.Status != state.Ready:
		r.add(skip(Load, fmt.Sprintf("the load generator is %s", s.Load.Status)), began)
		return
	case s.Load != nil && !s.Load.Bare && ctx.Err() != nil:
		r.unreached(ctx.Err())
		r.add(inTime(ctx, fail(Load, Finding{Link: -1, Object: chain.LoadGenerator, Message: "not asked: the time was up"})), began)
		return
	case s.Load != nil && !s.Load.Bare:
		r.askLoad(ctx, &l)
	}
	v := CheckLoad(s, l, time.Now())
	for began.Add(stragglers).After(time.Now()) && v.Status == Fail && l.Err == nil && recent(s, time.Now()) && works {
		r.o.Update("waiting for requests from before the chain was ready")
		if !sleep(ctx, time.Second) {
			break
		}
		l.Before = l.After
		r.askLoad(ctx, &l)
		v = CheckLoad(s, l, time.Now())
	}
	r.unreached(l.Err)
	r.add(inTime(ctx, v), began)
}

func (r *run) askLoad(ctx context.Context, l *LoadSample) {
	r.persist(ctx, func() error {
		l.After, l.Err = r.src.Load(ctx)
		return l.Err
	})
}

// inTime turns a failure that may be only that the time was up into that.
func inTime(ctx context.Context, v Verdict) Verdict {
	if ctx.Err() != nil && v.Status == Fail {
		v.Status = Timeout
	}
	return v
}

// stragglers is how long requests that were sent before the chain was ready may take to fail.
const stragglers = 8 * time.Second

// explain adds what is known of failures: Warning events, and what the container last said. It has a little time of its
// own, since the run's may be up.
func (r *run) explain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; v.Status == Fail || v.Status == Timeout {
			for j := range v.Findings[:min(len(v.Findings), explained)] {
				r.explainOne(ctx, &v.Findings[j])
			}
		}
	}
}

func (r *run) explainOne(ctx context.Context, f *Finding) {
	f.Warnings = warnings(r.Snapshot, f)
	if f.Pod == "" || r.src.Previous == nil || !crashed(r.Snapshot, f.Pod) {
		return
	}
	lines, err := r.src.Previous(ctx, f.Pod, f.Container, keptLines)
	if err != nil {
		lines = []string{"(the log can't be read: " + err.Error() + ")"}
	}
	for _, l := range lines {
		f.Logs = append(f.Logs, sanitise.Line(l))
	}
}

// crashed tells whether a container of the pod has ended before.
func crashed(s *state.Snapshot, pod string) bool {
	p := podOf(s, pod)
	return p != nil && (p.Restarts > 0 || p.LastExit != "")
}

// podOf is the chain's pod of this name; nil for none.
func podOf(s *state.Snapshot, name string) *state.Pod {
	for _, w := range workloads(s) {
		for i := range w.Pods {
			if w.Pods[i].Name == name {
				return &w.Pods[i]
			}
		}
	}
	return nil
}

// concerns tells whether an event is about the finding: its pod, if it names one, else its link or object.
func concerns(e *state.Event, f *Finding) bool {
	switch {
	case f.Pod != "":
		return e.Name == f.Pod
	case f.Link >= 0:
		return e.Link == f.Link
	}
	return f.Object != "" && strings.HasPrefix(e.Name, f.Object)
}

// warnings are the last Warning events about the finding's pod or link, oldest first.
func warnings(s *state.Snapshot, f *Finding) []string {
	var list []string
	for i := range s.Events { // newest first
		e := &s.Events[i]
		if !e.Warning || !concerns(e, f) || e.Kind == "Pod" && podOf(s, e.Name) == nil { // what killed a pod that is gone is history
			continue
		}
		text := fmt.Sprintf("%s %s/%s: %s", e.Reason, e.Kind, e.Name, e.Message)
		if e.Count > 1 {
			text += fmt.Sprintf(" (× %d)", e.Count)
		}
		if list = append(list, sanitise.Line(text)); len(list) == keptWarnings {
			break
		}
	}
	slices.Reverse(list)
	return list
}
