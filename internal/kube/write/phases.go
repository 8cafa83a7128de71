package write

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// carryOut writes the objects in an order that loses no request: new links are ready before the order names them, and
// links that leave are deleted when nobody calls them any more.
func (r *run) carryOut(ctx context.Context) error {
	config := r.configStep()
	first := r.Base == nil && config.Verb == Create
	late := r.late(first)
	for _, phase := range r.objectPhases(first) {
		if err := r.applySteps(ctx, phase.name, func(s *Step) bool { return !late(s) && phase.has(s) }); err != nil {
			return err
		}
	}
	switch {
	case first:
	case r.Publish:
		if err := r.publishOrder(ctx); err != nil {
			return err
		}
	case config.Verb == Change: // its labels, say: nothing that a link reads
		if _, err := r.writeLive(ctx, r.edit); err != nil {
			return err
		}
		r.result.Changed++
	}
	if !first && !r.Publish && r.leaving() { // an earlier change published that they leave, and may not have seen it arrive
		config, _, err := r.readConfig(ctx)
		if err != nil {
			return err
		}
		fixed, err := r.spread(ctx, inWordsOf(config, r.Live), orderBound)
		if err != nil {
			return err
		}
		if err := r.rollFixed(ctx, fixed, r.isTail); err != nil { // which may still call the first of them
			return err
		}
	}
	if r.wait && first {
		if err := r.waitFor(ctx, "waiting for the links", r.generations, r.links(func(int) bool { return true })); err != nil {
			return err
		}
		if !r.Spec.NoLoad { // without a load nobody sends anything yet
			if err := settle(ctx, "waiting for the links"); err != nil {
				return err
			}
		}
	}
	if err := r.applySteps(ctx, "last objects", late); err != nil {
		return err
	}
	if err := r.deleteSteps(ctx); err != nil {
		return err
	}
	if err := r.trim(ctx, r.Plan); err != nil {
		return err
	}
	if !r.wait {
		return nil
	}
	r.release.Outcome = chain.Applied
	if err := r.record(ctx, r.release); err != nil {
		return err
	}
	return r.waitFor(ctx, "waiting for the chain", r.generations, r.all())
}

// leaving tells whether links are deleted.
func (r *run) leaving() bool {
	return slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Verb == Delete && s.Kind == manifests.Deployment && s.Link >= 0 })
}

// phase is objects that are applied at once.
type phase struct {
	name string
	has  func(*Step) bool
}

// objectPhases are the objects in the order in which they are applied. In a chain that serves requests, what a link needs
// is there before it. On a first deploy nobody calls anybody yet: pods, which take the longest, come first, and get their
// Services while they start. Not so for a long chain: the cluster's controllers, busy with its pods, would leave the API
// server no time for the Services, and all of it would take twice as long to submit.
func (r *run) objectPhases(first bool) []phase {
	links := func(s *Step) bool { return s.Kind == manifests.Deployment && s.Part != manifests.PartCollector }
	written := func(s *Step) bool { return !isConfig(s) || s.Verb == Create || s.Verb == Take }
	mounted := func(s *Step) bool {
		return s.Kind == manifests.ConfigMap || s.Kind == manifests.Deployment && !links(s)
	}
	if first && len(r.Spec.Links) <= podsFirst {
		return []phase{
			{"config and collector", func(s *Step) bool { return mounted(s) && written(s) }},
			{"links", links},
			{"services and policies", func(s *Step) bool { return !mounted(s) && !links(s) }},
		}
	}
	return []phase{
		{"config, services and collector", func(s *Step) bool { return !links(s) && written(s) }},
		{"links", links},
	}
}

// podsFirst is the longest chain whose pods are begun before everything else is there.
const podsFirst = 64

// settle gives Services whose pods have just become ready the time to work: see endpointSettle.
func settle(ctx context.Context, step string) error {
	select {
	case <-ctx.Done():
		return stopped(ctx, step)
	case <-time.After(endpointSettle):
		return nil
	}
}

// configStep is what the plan does with the ConfigMap.
func (r *run) configStep() Step {
	if i := slices.IndexFunc(r.Steps, func(s Step) bool { return isConfig(&s) }); i >= 0 {
		return r.Steps[i]
	}
	return Step{Verb: Keep}
}

func isConfig(s *Step) bool {
	return s.ID == manifests.ID{Kind: manifests.ConfigMap, Name: chain.ConfigMap}
}

// late tells which objects are applied after the order was published: the policies of a chain that shrinks, whose tail
// still calls the link that leaves; and on a first deploy that is waited for, the load generator, whose requests would
// fail until the links are ready.
func (r *run) late(first bool) func(*Step) bool {
	return func(s *Step) bool {
		switch {
		case s.Verb == Keep || s.Verb == Delete:
			return false
		case s.Kind == manifests.NetworkPolicy && len(r.Removed) > 0 && s.Verb == Change:
			return true
		}
		return first && r.wait && s.Part == manifests.PartLoad && s.Kind == manifests.Deployment
	}
}

// publishOrder waits for the links that join, publishes order and live settings, and sees to it that every link has
// loaded them. Links of images that can't are rolled, where who they call has changed.
func (r *run) publishOrder(ctx context.Context) error {
	if len(r.Added) > 0 {
		if err := r.waitFor(ctx, "waiting for the new links", r.generations, r.joining()); err != nil {
			return err
		}
		if err := settle(ctx, "waiting for the new links"); err != nil {
			return err
		}
	}
	bound := liveBound
	if len(r.Removed) > 0 {
		bound = orderBound
	}
	fixed, err := r.publish(ctx, r.edit, bound)
	if _, late := errors.AsType[*Unconfirmed](err); late && len(r.Removed) > 0 {
		return err
	}
	if err := r.note(err); err != nil {
		return err
	}
	return r.rollFixed(ctx, fixed, func(i int) bool { return r.joined(i) || r.callsAnother(i) })
}

func (r *run) isTail(i int) bool { return i == len(r.Spec.Links)-1 }
