package validate

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

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
	case s.Links[0].Endpoints == 0 && !blind(s):
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
