package validate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// trace asks the collector until it holds the whole trace, and lets that tell where a failed request broke.
func (r *run) trace(ctx context.Context, s *state.Snapshot, p Probe, request *Verdict) {
	began := time.Now()
	if r.src.Trace == nil {
		r.add(skip(Trace, r.src.NoTrace), began)
		return
	}
	if f, none := r.noCollector(); none {
		r.add(fail(Trace, f), began)
		return
	}
	wait := spanWait
	if request.Status == Fail || s.Collect != nil && s.Collect.Status != state.Ready {
		wait = brokenTimeout // what is there by then tells enough
	}
	r.o.Update("waiting for the trace")
	old := leaving(s) || leaving(r.src.Watch.Latest())
	if old {
		wait = brokenTimeout
	}
	received, verdict := r.poll(ctx, p, order(s), began.Add(wait), request.Status == Fail)
	if old && verdict.Status == Fail && request.Status == Pass {
		until := began.Add(spanWait)
		if again, ok := r.sendAgain(ctx, s); ok {
			p, r.TraceID, until = again, again.TraceID, time.Now().Add(spanWait)
		}
		received, verdict = r.poll(ctx, p, order(s), until, false)
	}
	r.Spans = received.List.Spans
	if verdict.Status == Fail {
		r.unreached(received.Err)
	}
	if request.Status == Fail {
		*request = blame(*request, received.Tree(p), s.Live.Faults)
		if verdict.Status == Fail && received.Err == nil {
			verdict = skip(Trace, fmt.Sprintf("the request failed; the collector holds %d spans of it", received.List.Received()))
		}
	}
	if verdict.Status == Fail && s.Collect != nil && s.Collect.Status != state.Ready {
		f := &verdict.Findings[0]
		f.Message = fmt.Sprintf("the collector is %s: %s", s.Collect.Status, f.Message)
		verdict = fail(Trace, *f)
	}
	r.add(inTime(ctx, verdict), began)
}

// noCollector tells of a collector that is meant to have no pod: its old ones may still end, and there is nothing to wait for.
func (r *run) noCollector() (Finding, bool) {
	c := r.src.Watch.Latest().Collect
	if c == nil || c.Status != state.ScaledToZero || r.collector() != chain.CollectorService {
		return Finding{}, false
	}
	w := workload{c, -1}
	f := w.finding()
	f.Message = "the collector is " + f.Message
	return f, true
}

// leaving tells whether pods are on their way out: until they have gone they may take requests that come on connections
// they have, and their spans go where they were told to once.
func leaving(s *state.Snapshot) bool {
	out := func(w *state.Workload) bool {
		return w != nil && slices.ContainsFunc(w.Pods, func(p state.Pod) bool { return p.Deleting })
	}
	return out(s.Collect) || slices.ContainsFunc(s.Links, func(l state.Link) bool { return out(&l.Workload) })
}

// sendAgain sends another probe once no pod is on its way out any more, and tells whether that passed.
func (r *run) sendAgain(ctx context.Context, s *state.Snapshot) (Probe, bool) {
	if !r.gone(ctx, s) {
		return Probe{}, false
	}
	p := r.send(ctx, s, probeTimeout, probeAttempts)
	return p, CheckRequest(p, order(s)).Status == Pass
}

// farewell bounds the wait for old pods: their grace period, and some.
const farewell = 40 * time.Second

// gone waits until no pod is on its way out, and tells whether it came to that with the chain still as it was.
func (r *run) gone(ctx context.Context, was *state.Snapshot) bool {
	r.o.Update("waiting for old pods to end, which may have taken the request")
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	err := r.src.Watch.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		if !slices.Equal(order(s), order(was)) {
			return true, errChanged
		}
		return !leaving(s), nil
	})
	return err == nil
}

// errChanged is a chain that is not what the request was sent to.
var errChanged = errors.New("the chain was changed meanwhile")

// poll asks for the trace until it is complete or the deadline passes, which is later by what the API server was away. A
// broken one is given up once it stopped growing.
func (r *run) poll(ctx context.Context, p Probe, o chain.Order, deadline time.Time, broken bool) (Received, Verdict) {
	const flush = 200 * time.Millisecond // the links send their spans as often
	seen, grew := 0, time.Now()
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, flush) {
		var received Received
		deadline = deadline.Add(r.persist(ctx, func() error {
			received = r.ask(ctx, p, max(time.Until(deadline), brokenTimeout))
			return received.Err
		}))
		verdict, complete := CheckTrace(received, p, o)
		if n := received.List.Received(); n > seen {
			seen, grew = n, time.Now()
		}
		now := time.Now()
		still := broken && seen > 0 && now.Sub(grew) > 3*flush
		if complete || still || now.After(deadline) || !sleep(ctx, pause) {
			return received, verdict
		}
	}
}

// ask asks the collector for the probe's trace once.
func (r *run) ask(ctx context.Context, p Probe, timeout time.Duration) (received Received) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	began := time.Now()
	received.From = r.collector()
	if received.List, received.Err = r.src.Trace(ctx, p.TraceID); received.Err != nil && ctx.Err() != nil {
		received.Err = late(time.Since(began))
	}
	return received
}

// collector is what is asked for the trace.
func (r *run) collector() string {
	if r.src.Collector == nil {
		return chain.CollectorService
	}
	return r.src.Collector()
}
