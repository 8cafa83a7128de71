package write

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// ErrNoWatcher is a change that has to be waited for, of a Writer without a Watcher.
var ErrNoWatcher = errors.New("no watcher to wait with")

// recheck is how often a wait looks at the clock though nothing changes.
const recheck = time.Second

// waitFor waits until every workload that pick chooses is as wanted. A link that fails for longer than the grace is
// *Unready; so is the chain when ctx times out. A namespace that is deleted meanwhile is *Ending.
func (w *Writer) waitFor(ctx context.Context, step string, generations map[string]int64, pick func(*state.Snapshot) []want) error {
	if w.options.Watcher == nil {
		return ErrNoWatcher
	}
	var last []state.Workload // not ready at the last look
	shown, told, there := -1, false, false
	check := func(s *state.Snapshot) (bool, error) {
		if err := usable(s); err != nil {
			return false, err
		}
		if s.Conn.Phase != state.Live {
			return false, nil // stale: nothing of it counts
		}
		if there && s.NoNamespace && s.Origin == state.None {
			return false, &Ending{s.Namespace}
		}
		there = there || s.Origin != state.None // before that, what is said of the namespace may be from before it was made
		wants := pick(s)
		if _, blind := s.Conn.Denial(state.EndpointSlices); blind { // none are in the Snapshot then, for ever
			for i := range wants {
				wants[i].serving = false
			}
			if !told {
				told = true
				w.progress.send(Event{Step: step, Message: "not waited for the Services' endpoints: you may not list endpointslices"})
			}
		}
		last = last[:0]
		var failing []state.Workload
		for _, x := range wants {
			if x.met(generations) {
				continue
			}
			last = append(last, x.lacking())
			bad := x.workload.Status == state.Failing || x.workload.Status == state.Failed
			if bad && x.workload.Generation >= generations[x.workload.Name] && time.Since(x.workload.Since) >= w.options.Grace {
				failing = append(failing, *x.workload)
			}
		}
		if len(failing) > 0 {
			return false, &Unready{Workloads: failing}
		}
		if done := len(wants) - len(last); done != shown {
			shown = done
			w.progress.send(Event{Step: step, Done: done, Total: len(wants)})
		}
		return len(last) == 0, nil
	}
	for {
		one, cancel := context.WithTimeout(ctx, recheck)
		err := w.options.Watcher.Wait(one, check)
		timeUp := one.Err() != nil
		cancel()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			if len(last) > 0 && errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
				return fmt.Errorf("%w: %w", stopped(ctx, step), &Unready{Workloads: last})
			}
			return stopped(ctx, step)
		case !timeUp:
			return err
		}
	}
}

// usable tells why a Snapshot will never show the chain.
func usable(s *state.Snapshot) error {
	switch s.Conn.Phase {
	case state.Forbidden, state.Unusable:
		if s.Conn.Cause != nil { // its type decides the exit code
			return s.Conn.Cause
		}
		return errors.New(s.Conn.Err)
	}
	return nil
}

// want is a workload and what it has to come to.
type want struct {
	workload *state.Workload
	status   state.Status // Ready, or what the Spec asks for
	serving  bool         // its Service has ready endpoints too
}

func (x want) met(generations map[string]int64) bool {
	if x.workload.Generation < generations[x.workload.Name] {
		return false // the Snapshot is older than what was written
	}
	return x.workload.Status == x.status && (!x.serving || x.workload.Endpoints > 0)
}

// lacking is the workload with what it still lacks, where its own words don't say.
func (x want) lacking() state.Workload {
	w := *x.workload
	if w.Status == x.status && x.serving && w.Endpoints == 0 {
		w.Message = "its Service has no endpoints that are ready"
	}
	return w
}

// missing stands for a workload that the Snapshot doesn't know yet.
func missing(service string) *state.Workload {
	return &state.Workload{Service: service, Status: state.Missing}
}

// linksOf are the chosen links of the Spec, with what each has to come to.
func linksOf(s *state.Snapshot, spec *chain.Spec, chosen func(i int) bool) []want {
	byService := make(map[string]*state.Workload, len(s.Links))
	for i := range s.Links {
		byService[s.Links[i].Service] = &s.Links[i].Workload
	}
	var wants []want
	for i := range spec.Links {
		if !chosen(i) {
			continue
		}
		x := want{workload: byService[chain.ServiceName(i)], status: state.Ready, serving: true}
		if x.workload == nil {
			x.workload = missing(chain.ServiceName(i))
		}
		switch {
		case spec.Links[i].Paused:
			x.status, x.serving = state.Paused, false
		case x.workload.Exists && x.workload.Desired == 0:
			x.status, x.serving = state.ScaledToZero, false
		}
		wants = append(wants, x)
	}
	return wants
}

// wholeChain is every workload of the Spec.
func wholeChain(s *state.Snapshot, spec *chain.Spec) []want {
	wants := linksOf(s, spec, func(int) bool { return true })
	if _, own := spec.OwnCollector(); own {
		x := want{workload: s.Collect, status: state.Ready, serving: true}
		if x.workload == nil {
			x.workload = missing(chain.CollectorService)
		}
		wants = append(wants, x)
	}
	if !spec.NoLoad {
		x := want{workload: s.Load, status: state.Ready}
		if x.workload == nil {
			x.workload = missing(chain.LoadGenerator)
		}
		wants = append(wants, x)
	}
	return wants
}
