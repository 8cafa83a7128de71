package write

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// deleteClaimed deletes the chain as a release of its own, which goes with the others in the end: whoever is changing the
// chain sees that, and stops; whoever begins to meanwhile makes the next one, and stops the deletion.
func (r *run) deleteClaimed(ctx context.Context) error {
	if err := r.takeClaim(ctx); err != nil {
		return err
	}
	if r.release.Number == 0 {
		return r.deleteAll(ctx)
	}
	guarded, end := r.guard(ctx, r.release.Number)
	err := r.afterOlder(guarded)
	if err == nil {
		err = r.deleteAll(guarded)
	}
	err = overtaken(guarded, err)
	end()
	if err == nil {
		return nil
	}
	r.release.Outcome, r.release.Reason = outcomeOf(err)
	brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	_ = r.record(brief, r.release) // whoever comes next waits for it, but not for ever
	return err
}

// takeClaim makes the deletion's release, where the chain has any. A namespace that takes no more ConfigMaps, as one that
// is being deleted, or a user who may not make any, must not keep a chain from being deleted.
func (r *run) takeClaim(ctx context.Context) error {
	if r.claim == 0 {
		return nil
	}
	release := chain.Release{
		Number: r.claim, Spec: r.Base.Spec, Action: r.Action, Author: r.author(ctx), Time: time.Now().UTC(), Outcome: chain.Pending,
	}
	err := r.lock(ctx, release)
	switch {
	case kube.Is[*kube.Refused](err), kube.Is[*kube.Forbidden](err):
		return nil
	case err == nil:
		r.release = release
	}
	return err
}

// afterOlder waits for an earlier change that is under way to stop, and finds what it left behind.
func (r *run) afterOlder(ctx context.Context) error {
	if r.older == 0 {
		return nil
	}
	if err := r.awaitOlder(ctx, r.older); err != nil {
		return err
	}
	c, err := r.Read(ctx)
	if err != nil {
		return err
	}
	c.Releases = slices.DeleteFunc(c.Releases, func(x chain.Release) bool { return x.Number >= r.claim })
	p, err := MakeDelete(c)
	switch {
	case err == nil:
		r.Steps, r.releases, r.releaseIDs = p.Steps, p.releases, p.releaseIDs
	case kube.Is[*Foreign](err): // nothing of ours is left but the releases
		r.Steps, err = nil, nil
	}
	return err
}

// overtaken is the *Superseded that ended guarded, else err.
func overtaken(guarded context.Context, err error) error {
	if superseded, ok := errors.AsType[*Superseded](context.Cause(guarded)); ok && err != nil {
		return superseded
	}
	return err
}
