package validate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// Run gathers and judges. Checks that do not depend on one another run at once. It ends when every check has a verdict,
// at the latest after the timeout; an error is returned only when ctx itself ended.
func Run(ctx context.Context, src Sources, o Options) (*Result, error) {
	o = o.orDefaults()
	r := &run{src: src, o: o, Result: &Result{Started: time.Now()}}
	r.o.Update = func(text string) {
		r.telling.Lock()
		defer r.telling.Unlock()
		o.Update(text)
	}
	timed, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	r.Err = r.connect(timed)
	r.describe(src.Watch.Latest())
	if r.Err == nil {
		r.check(timed)
		r.explain(ctx)
	}
	r.Took = time.Since(r.Started)
	r.conclude()
	return r.Result, ctx.Err()
}

// run is one run's state.
type run struct {
	src     Sources
	o       Options
	telling sync.Mutex
	mu      sync.Mutex
	*Result
}

// add keeps a verdict.
func (r *run) add(v Verdict, began time.Time) {
	v.Took = time.Since(began)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Verdicts = append(r.Verdicts, v)
}

// connect waits for the first Snapshot of the cluster.
func (r *run) connect(ctx context.Context) error {
	r.o.Update("reaching the API server")
	first, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	var last state.Conn
	err := r.src.Watch.Wait(first, func(s *state.Snapshot) (bool, error) {
		last = s.Conn
		switch s.Conn.Phase {
		case state.Connecting:
			return false, nil
		case state.Unusable:
			return true, cause(s.Conn)
		case state.Live, state.Stale, state.Forbidden:
		}
		return true, nil
	})
	if errors.Is(err, context.DeadlineExceeded) { // this one, or a shorter --timeout
		return cause(last)
	}
	return err
}

// cause is why there is no connection.
func cause(c state.Conn) error {
	if c.Cause != nil {
		return c.Cause
	}
	if c.Err != "" {
		return errors.New(c.Err)
	}
	return errors.New("the API server has not answered")
}

// check runs the checks of a cluster that was reached.
func (r *run) check(ctx context.Context) {
	var group sync.WaitGroup
	defer group.Wait()
	group.Go(func() { r.access(ctx) })
	s := r.src.Watch.Latest()
	if s.Conn.Phase == state.Forbidden {
		r.forbidden(s)
		return
	}
	if s.NoNamespace || s.Origin == state.None || len(s.Links) == 0 {
		r.add(CheckObjects(s, nil, "", nil), r.Started)
		for _, check := range []string{Rollouts, Endpoints, Request, Trace, Load} {
			r.add(skip(check, "there is no chain"), r.Started)
		}
		return
	}
	group.Go(func() { r.objects(ctx) })
	before := make(chan LoadSample, 1)
	group.Go(func() { before <- r.sampleLoad(ctx) })
	works := r.settle(ctx)
	works = r.request(ctx, works) && works
	r.load(ctx, <-before, works)
}

func (r *run) access(ctx context.Context) {
	began := time.Now()
	if r.src.Rights == nil {
		r.add(pass(Access, "the API server answers"), began)
		return
	}
	var (
		rights []Right
		who    string
		err    error
	)
	r.persist(ctx, func() error {
		rights, who, err = r.src.Rights(ctx)
		return err
	})
	r.unreached(err)
	r.add(CheckAccess(rights, r.src.Watch.Latest().Namespace, who, err), began)
}

// forbidden is a chain that can't be judged, because the user may not read what it would be judged by. The watch
// found that out by itself: it stands even when rights can't be asked for.
func (r *run) forbidden(s *state.Snapshot) {
	r.noAccess(cause(s.Conn))
	for _, check := range []string{Objects, Rollouts, Endpoints, Request, Trace, Load} {
		r.add(skip(check, s.Conn.Err), r.Started)
	}
}

func (r *run) objects(ctx context.Context) {
	began := time.Now()
	var (
		drift []Drift
		how   string
		err   = errors.New("nothing to look with")
	)
	if r.src.Drift != nil && r.src.Watch.Latest().Origin == state.Ours {
		r.persist(ctx, func() error {
			drift, how, err = r.src.Drift(ctx)
			return err
		})
		r.unreached(err)
	}
	s := r.src.Watch.Latest()
	v := CheckObjects(s, drift, how, err)
	if v.Status == Skip && s.Origin == state.Ours && ctx.Err() != nil { // it was begun
		v = inTime(ctx, fail(Objects, Finding{Link: -1, Message: "drift was not looked for: the time was up"}))
	}
	r.add(v, began)
}

// settle waits until rollouts and endpoints have verdicts, and tells whether both passed.
func (r *run) settle(ctx context.Context) bool {
	began := time.Now()
	var rollouts, endpoints Verdict
	var rolled time.Time // when the rollouts had a verdict
	for {
		s := r.src.Watch.Latest()
		now := time.Now()
		var done bool
		rollouts, done = CheckRollouts(s, now, r.o.Grace)
		endpoints = CheckEndpoints(s)
		if done && rolled.IsZero() {
			rolled = now
		}
		if done && (endpoints.Status != Fail || rollouts.Status == Fail || now.Sub(rolled) >= EndpointsLag) {
			break
		}
		if !done {
			rolled = time.Time{}
			r.o.Update(waitText(s, rollouts))
		}
		if !r.next(ctx, s) {
			if conn := r.src.Watch.Latest().Conn; conn.Phase != state.Live {
				r.noAccess(cause(conn))
			}
			break
		}
	}
	r.describe(r.src.Watch.Latest())
	r.add(rollouts, began)
	r.add(endpoints, began)
	return rollouts.Status == Pass && endpoints.Status != Fail
}

// next waits for a newer Snapshot, or for a while: graces end without one. It is false when ctx has ended.
func (r *run) next(ctx context.Context, old *state.Snapshot) bool {
	tick, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	_ = r.src.Watch.Wait(tick, func(s *state.Snapshot) (bool, error) { return s.Version != old.Version, nil })
	return ctx.Err() == nil
}

func waitText(s *state.Snapshot, rollouts Verdict) string {
	if s.Conn.Phase == state.Stale {
		return "the API server is out of reach: " + s.Conn.Err
	}
	n, total := s.Counts()
	return fmt.Sprintf("%d of %d links ready; waiting for %s", n, total, rollouts.Reason)
}
