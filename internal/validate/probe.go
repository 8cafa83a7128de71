package validate

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

const (
	probeTimeout  = 30 * time.Second // of one request: the original's links may sleep 2 s each
	brokenTimeout = 3 * time.Second  // where a link is known to be down, the request only tells more of it
	probeAttempts = 5                // a chain that became ready this second may fail the first: kube-proxy is still at it
)

// NewProbe is a probe with ids of its own. They are no secret, but two probes must not share one.
func NewProbe() Probe {
	var ids [24]byte
	_, _ = rand.Read(ids[:]) // never fails (crypto/rand)
	return Probe{TraceID: hex.EncodeToString(ids[:16]), SpanID: hex.EncodeToString(ids[16:])}
}

// request sends the probe, looks for its trace, and tells whether the request passed. healthy says that no link is known
// to be down.
func (r *run) request(ctx context.Context, healthy bool) bool {
	s := r.src.Watch.Latest()
	switch {
	case r.src.Send == nil:
		r.add(skip(Request, "no request could be sent"), time.Now())
		r.add(skip(Trace, "no request was sent"), time.Now())
		return false
	case len(s.Links) == 0:
		r.add(fail(Request, Finding{Link: -1, Reason: "Deleted", Message: "the chain was deleted while it was validated"}), time.Now())
		r.add(skip(Trace, "no request was sent"), time.Now())
		return false
	case ctx.Err() != nil:
		r.add(inTime(ctx, fail(Request, Finding{Link: -1, Message: "not sent: the time was up"})), time.Now())
		r.add(skip(Trace, "no request was sent"), time.Now())
		return false
	case s.Links[0].Endpoints == 0:
		r.add(skip(Request, fmt.Sprintf("not sent: link 0 has no ready endpoint (%s)", s.Links[0].Status)), time.Now())
		r.add(skip(Trace, "no request was sent"), time.Now())
		return false
	}
	began := time.Now()
	r.o.Update("sending a request through the chain")
	timeout, attempts := probeTimeout, probeAttempts
	if !healthy {
		timeout, attempts = brokenTimeout, 1
	}
	p := r.send(ctx, s, timeout, attempts)
	r.TraceID = p.TraceID
	r.unreached(p.Err)
	verdict := inTime(ctx, CheckRequest(p, order(s)))
	took := time.Since(began)
	r.trace(ctx, s, p, &verdict)
	verdict.Took = took
	r.mu.Lock()
	r.Verdicts = append(r.Verdicts, verdict)
	r.mu.Unlock()
	return verdict.Status == Pass
}

// send sends the probe; again when it failed and no fault explains it: links of other images answer 500 to a refused
// connection, and a pod that is on its way out may still answer by the order before. Each attempt is a trace of its own.
// That the API server was away is no attempt.
func (r *run) send(ctx context.Context, s *state.Snapshot, timeout time.Duration, attempts int) Probe {
	for attempt := 1; ; attempt++ {
		var p Probe
		r.persist(ctx, func() error {
			one, cancel := context.WithTimeout(ctx, timeout)
			defer cancel()
			p = r.src.Send(one, NewProbe(), s.Links[0].Service)
			return p.Err
		})
		p.Attempts = attempt
		if CheckRequest(p, order(s)).Status == Pass || attempt == attempts || faulty(s) || !sleep(ctx, 400*time.Millisecond) {
			return p
		}
	}
}

func faulty(s *state.Snapshot) bool {
	for i := range s.Links {
		if s.Links[i].Fault.ErrorRate > 0 {
			return true
		}
	}
	return false
}

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

// sleep waits; it is false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
