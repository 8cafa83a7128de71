package write

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// endpointSettle is how long a new link's Service is given to work on every node once it has endpoints: kube-proxy
// collects changes for a second (its minSyncPeriod), and tells nobody when it is done.
const endpointSettle = 1500 * time.Millisecond

// Result is what a change has done, also one that failed or was interrupted.
type Result struct {
	Release   int       // made; 0 for none
	Claimed   time.Time // of the release that was asked for, which may have been made though the answer got lost; zero for none
	Namespace bool      // was made
	Created   int
	Changed   int
	Deleted   int
	Rolled    []int    // links that were restarted because their image can't load a new order while it runs
	Notes     []string // what the user should know
}

// String says in a sentence what was done.
func (r Result) String() string {
	if r.Release == 0 && r.Created+r.Changed+r.Deleted == 0 {
		return "nothing was changed"
	}
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{r.Created, "created"}, {r.Changed, "changed"}, {r.Deleted, "deleted"}} {
		switch {
		case c.n > 0 && len(parts) == 0:
			parts = append(parts, plural(c.n, "object")+" "+c.what)
		case c.n > 0:
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	text := strings.Join(parts, ", ")
	switch {
	case r.Release > 0 && text == "":
		return fmt.Sprintf("release %d", r.Release)
	case r.Release > 0:
		return fmt.Sprintf("release %d: %s", r.Release, text)
	}
	return text
}

// Change reads the chain, plans the intent and runs the plan.
func (w *Writer) Change(ctx context.Context, in Intent, wait bool) (*Plan, Result, error) {
	p, err := w.Plan(ctx, in)
	if err != nil {
		return nil, Result{}, err
	}
	result, err := w.Run(ctx, p, wait)
	return p, result, err
}

// Plan reads the chain and plans the intent.
func (w *Writer) Plan(ctx context.Context, in Intent) (*Plan, error) {
	c, err := w.Read(ctx)
	if err != nil {
		return nil, err
	}
	return Make(c, in)
}

// run is one plan being carried out.
type run struct {
	*Writer
	*Plan
	wait    bool
	release chain.Release

	mu          sync.Mutex
	result      Result
	generations map[string]int64 // that Deployments had when they were applied
}

// Run carries a plan out. With wait it returns when the chain is as planned and ready, else when everything is written;
// links that join the chain are waited for in either case, because nothing may be sent to them before. When it fails or
// is interrupted, the Result says what was done, and the next deploy finishes the work.
func (w *Writer) Run(ctx context.Context, p *Plan, wait bool) (Result, error) {
	if err := w.allowed(false); err != nil {
		return Result{}, err
	}
	r := &run{Writer: w, Plan: p, wait: wait, generations: map[string]int64{}}
	if p.deletes {
		err := r.delete(ctx)
		return r.result, err
	}
	if p.Number == 0 {
		err := r.liveOnly(ctx)
		if err == nil && wait && p.intent.Spec != nil { // all is as it should be written; that it is healthy is another matter
			err = r.waitFor(ctx, "waiting for the chain", r.generations, r.all())
		}
		return r.result, err
	}
	if err := r.begin(ctx); err != nil {
		return r.result, err
	}
	guarded, end := w.guard(ctx, p.Number)
	err := overtaken(guarded, r.carryOut(guarded))
	end()
	return r.result, r.finish(ctx, err)
}

// liveOnly changes nothing but the ConfigMap.
func (r *run) liveOnly(ctx context.Context) error {
	if !r.Publish {
		return nil
	}
	_, err := r.publish(ctx, r.edit, liveBound)
	return r.note(err)
}

// note turns pods that did not confirm into a note: a live setting that arrives late is no failure.
func (r *run) note(err error) error {
	if unconfirmed, ok := errors.AsType[*Unconfirmed](err); ok {
		r.result.Notes = append(r.result.Notes, unconfirmed.Error())
		err = nil
	}
	if err == nil {
		r.result.Changed++
	}
	return err
}

// edit makes the plan's change on the newest live settings.
func (r *run) edit(now chain.Live) (chain.Live, error) {
	if r.intent.Spec == nil {
		spec := r.Spec
		next := chain.Live{Order: now.Order, Faults: now.Faults, Load: now.Load}
		if len(next.Order) == 0 {
			next.Order = spec.Order()
		}
		return next, r.intent.Live(&next)
	}
	return nextLive(now, &r.Spec, r.intent.Live)
}

// begin makes the namespace and takes the lock.
func (r *run) begin(ctx context.Context) error {
	if r.CreateNamespace {
		if err := r.createNamespace(ctx); err != nil {
			return err
		}
		r.result.Namespace = true
	}
	r.release = chain.Release{
		Number: r.Number, Spec: r.Spec, Action: r.Action, Author: r.author(ctx),
		Time: time.Now().UTC(), Outcome: chain.Pending,
	}
	r.result.Claimed = r.release.Time
	if err := r.lock(ctx, r.release); err != nil {
		return err
	}
	r.result.Release = r.Number
	if r.older == 0 {
		return nil
	}
	return r.planAgain(ctx)
}

// planAgain waits for an earlier change to stop, and plans the same Spec on what it left behind.
func (r *run) planAgain(ctx context.Context) error {
	if err := r.awaitOlder(ctx, r.older); err != nil {
		return r.finish(ctx, err)
	}
	c, err := r.Read(ctx)
	if err == nil {
		c.Releases = slices.DeleteFunc(c.Releases, func(x chain.Release) bool { return x.Number >= r.Number })
		c.Newest = r.Number - 1
		again := r.intent
		again.Spec = func(b *Base) error { b.Spec = r.release.Spec.Clone(); return nil }
		again.Action = words(r.Action)
		var p *Plan
		if p, err = Make(c, again); err == nil {
			r.Spec, r.release.Spec = p.Spec, p.Spec
			r.Steps, r.Added, r.Removed, r.Publish, r.LiveNow, r.Restarts = p.Steps, p.Added, p.Removed, p.Publish, p.LiveNow, p.Restarts
		}
	}
	if err != nil {
		return r.finish(ctx, err)
	}
	return nil
}

// finish records how the release ended, also when ctx has: the next deploy goes by it.
func (r *run) finish(ctx context.Context, err error) error {
	r.release.Outcome = chain.Applied
	if r.wait {
		r.release.Outcome = chain.Healthy
	}
	if err != nil {
		r.release.Outcome, r.release.Reason = outcomeOf(err)
	}
	brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	recorded := r.record(brief, r.release)
	if err == nil && recorded != nil {
		return fmt.Errorf("everything was written, but not how it ended: %w", recorded)
	}
	return err
}
