package write

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// delete deletes the chain. When somebody else takes that over, or was first, what is wanted happens all the same: their
// deletion is waited for.
func (r *run) delete(ctx context.Context) error {
	err := r.deleteClaimed(ctx)
	if other, ok := errors.AsType[*Superseded](err); ok && other.Release.Action == deletion {
		return r.awaitDeletion(ctx, other.Release)
	}
	return err
}

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

// awaitDeletion waits for the end of a deletion that is somebody else's, or of one that takes that over in turn.
func (r *run) awaitDeletion(ctx context.Context, other chain.Release) error {
	who := sanitise.Line(cmp.Or(other.Author, "somebody else"))
	r.result.Notes = append(r.result.Notes, fmt.Sprintf("%s deletes the chain as well (release %d)", who, other.Number))
	if !r.wait {
		return nil
	}
	step, ended := "waiting for the deletion by "+who+" to end", false
	r.progress.send(Event{Step: step})
	err := r.until(ctx, step, func(ctx context.Context) (bool, error) {
		now, err := r.Writer.release(ctx, other.Number)
		switch {
		case apierrors.IsNotFound(err):
			return true, nil
		case err != nil:
			return false, err
		case now.Outcome == chain.Pending:
			return false, nil
		}
		switch next, err := r.Writer.release(ctx, other.Number+1); {
		case err == nil && next.Action == deletion:
			other, ended = next, false
		case err == nil:
			return false, &Superseded{Release: next}
		case !apierrors.IsNotFound(err):
			return false, err
		case ended: // the next one has not just gone, and taken this one with it
			return false, fmt.Errorf("%w, which did not come to its end: %s", &Superseded{Release: now}, sanitise.Line(now.Reason))
		default:
			ended = true
		}
		return false, nil
	})
	if err != nil || !r.DeleteNamespace {
		return err
	}
	return r.awaitNamespaceGone(ctx)
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
	maps.DeleteFunc(c.ReleaseIDs, func(n int, _ types.UID) bool { return n >= r.claim })
	p, err := MakeDelete(c)
	switch {
	case err == nil:
		r.Steps, r.releaseIDs = p.Steps, p.releaseIDs
	case kube.Is[*Foreign](err): // nothing of ours is left but this deletion's release
		r.Steps, r.releaseIDs, err = nil, nil, nil
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
