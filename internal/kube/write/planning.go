package write

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// Make plans an intent. It is pure: the same intent on the same state is the same plan.
func Make(c *Current, in Intent) (*Plan, error) {
	if c.Terminating {
		return nil, fmt.Errorf("namespace %s is being deleted; try again when it is gone", c.Namespace)
	}
	p := &Plan{
		Namespace: c.Namespace, Base: c.Base(), intent: in, namespaceID: c.NamespaceID,
		releases: c.Releases, releaseIDs: c.ReleaseIDs,
	}
	base, err := p.base(c, in)
	if err != nil {
		return nil, err
	}
	if foreign := c.foreign(); len(foreign) > 0 && !in.Adopt {
		return nil, &Foreign{Namespace: c.Namespace, Objects: foreign}
	}
	p.Before = base.Spec.Clone()
	if p.Base == nil {
		p.Before = chain.Spec{}
	}
	if in.Spec != nil {
		if err := in.Spec(&base); err != nil {
			return nil, err
		}
	}
	p.Spec, p.Action = base.Spec, in.Action(base)
	p.Spec.CreatedNS = !c.Exists || c.Ours // the namespace's own labels know best
	p.CreateNamespace = !c.Exists
	if err := p.Spec.Validate(); err != nil {
		return nil, err
	}
	p.LiveNow = liveOf(c.Config)
	if p.Live, err = nextLive(p.LiveNow, &p.Spec, in.Live); err != nil {
		return nil, err
	}
	p.Publish = chain.Digest(c.Config) != chain.Digest(p.Live.Data())
	if c.Config == nil || len(p.LiveNow.Order) > 0 { // an order that can't be read is put right at once
		p.Added, p.Removed = moved(p.LiveNow.Order, p.Live.Order)
	}
	if in.Spec == nil {
		return p, nil
	}
	if err := p.steps(c); err != nil {
		return nil, err
	}
	p.number(c)
	return p, nil
}

// base is the Spec that the intent changes: of the newest release, or what it brings for a first one.
func (p *Plan) base(c *Current, in Intent) (Base, error) {
	b := Base{Releases: c.Releases, Next: c.Newest + 1, First: p.Base == nil}
	switch {
	case p.Base != nil:
		b.Spec = p.Base.Spec.Clone()
	case in.First != nil:
		b.Spec = in.First.Clone()
	case len(c.foreign()) > 0:
		return b, &Foreign{Namespace: c.Namespace, Objects: c.foreign()}
	default:
		return b, ErrNoChain
	}
	return b, nil
}

// number makes the plan a release if it changes something that a release stores.
func (p *Plan) number(c *Current) {
	unfinished := p.Base != nil && !settled(p.Base.Outcome)
	if unfinished || p.Base == nil || !p.Nothing() {
		p.Number = c.Newest + 1
	}
	if p.Base != nil && p.Base.Outcome == chain.Pending {
		p.older = p.Base.Number
	}
}

// settled tells whether all of a release was written.
func settled(o chain.Outcome) bool {
	return o == chain.Applied || o == chain.Healthy || o == chain.Unhealthy
}

// liveOf reads the live settings as far as they can be read: what someone broke by hand is put right by the next change.
func liveOf(config map[string]string) chain.Live {
	if config == nil {
		return chain.Live{}
	}
	if live, err := chain.ParseLive(config); err == nil {
		return live
	}
	var live chain.Live
	live.Order, _ = chain.ParseOrder([]byte(config[chain.OrderKey]))
	live.Faults, _ = chain.ParseFaults([]byte(config[chain.FaultsKey]))
	alone := map[string]string{chain.OrderKey: `["a"]`, chain.LoadKey: config[chain.LoadKey]}
	if l, err := chain.ParseLive(alone); err == nil {
		live.Load = l.Load
	}
	return live
}

// nextLive is what the ConfigMap should say: the Spec's order, the settings there were without those of links that have
// gone, and the intent's changes.
func nextLive(now chain.Live, spec *chain.Spec, change func(*chain.Live) error) (chain.Live, error) {
	next := chain.Live{Order: spec.Order(), Faults: chain.Faults{}, Load: now.Load}
	for _, name := range next.Order {
		if f, ok := now.Faults[name]; ok {
			next.Faults[name] = f
		}
	}
	if next.Load == nil && !spec.NoLoad {
		next.Load = &chain.Load{Rate: chain.DefaultRate}
	}
	if change != nil {
		if err := change(&next); err != nil {
			return next, err
		}
	}
	return next, nil
}

// moved are the links by which two orders differ.
func moved(from, to chain.Order) (added, removed []int) {
	for i, name := range to {
		if !slices.Contains(from, name) {
			added = append(added, i)
		}
	}
	for _, name := range from {
		if i, ok := chain.Index(name); ok && !slices.Contains(to, name) {
			removed = append(removed, i)
		}
	}
	return added, removed
}

// steps says what becomes of each object.
func (p *Plan) steps(c *Current) error {
	objects, err := manifests.Objects(p.Spec, p.Namespace, p.Live)
	if err != nil {
		return err
	}
	before, all, err := p.sentBefore(c)
	if err != nil {
		return err
	}
	wanted := make(map[manifests.ID]bool, len(objects))
	for _, o := range objects {
		if o.Kind == manifests.Namespace {
			continue // created before everything else, and never changed
		}
		wanted[o.ID] = true
		step := Step{ID: o.ID, Part: o.Part, Link: o.Link, object: o}
		live, exists := c.Objects[o.ID]
		if o.Kind == manifests.Deployment && c.Scaled[o.Name] && exists {
			if step.object, err = o.WithoutReplicas(); err != nil {
				return err
			}
			step.handOn = live.OwnsReplicas
		}
		step.uid, step.live = live.UID, live.Body
		sent, was := before[o.ID]
		switch {
		case !exists || live.Deleting:
			step.Verb = Create
		case !live.Managed:
			step.Verb = Take
		case all || step.handOn || !holds(live.Body, step.object.Body) || was && string(sent.Body) != string(o.Body):
			step.Verb = Change
		default:
			step.Verb = Keep
		}
		if exists && o.Kind == manifests.Deployment && step.Verb != Keep {
			step.Restarts = !holds(template(live.Body), template(o.Body)) || was && string(template(sent.Body)) != string(template(o.Body))
		}
		if step.Restarts && o.Link >= 0 {
			p.Restarts = append(p.Restarts, o.Link)
		}
		p.Steps = append(p.Steps, step)
	}
	p.prune(c, wanted)
	if p.intent.Adopt {
		p.barePod = c.BarePod
	}
	return nil
}

// sentBefore is what the base release applied: a field that it had and that is wanted no longer shows nowhere else.
// all tells that this is not known for sure, so that everything has to be applied.
func (p *Plan) sentBefore(c *Current) (before map[manifests.ID]manifests.Object, all bool, err error) {
	if p.Base == nil {
		return nil, false, nil
	}
	objects, err := manifests.Objects(p.Base.Spec, p.Namespace, liveOf(c.Config))
	if err != nil {
		return nil, true, nil // by an older chaintui, perhaps
	}
	before = make(map[manifests.ID]manifests.Object, len(objects))
	for _, o := range objects {
		before[o.ID] = o
	}
	return before, !settled(p.Base.Outcome), nil
}

// prune plans the deletion of what carries the chain's labels and is wanted no longer, tail first.
func (p *Plan) prune(c *Current, wanted map[manifests.ID]bool) {
	var gone []Step
	for id, live := range c.Objects {
		if live.Managed && !wanted[id] && !live.Deleting {
			gone = append(gone, Step{ID: id, Verb: Delete, Link: linkOf(id), uid: live.UID, live: live.Body})
		}
	}
	sortForDeletion(gone)
	p.Steps = append(p.Steps, gone...)
}

// sortForDeletion puts the load generator first, then links from the tail, then the rest; of each, who serves before
// what it needs.
func sortForDeletion(steps []Step) {
	rank := func(s Step) int {
		switch {
		case s.Name == chain.LoadGenerator:
			return 0
		case s.Link >= 0:
			return 1
		}
		return 2
	}
	kinds := []manifests.Kind{manifests.Deployment, manifests.Service, manifests.NetworkPolicy, manifests.ConfigMap}
	slices.SortFunc(steps, func(a, b Step) int {
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Link, a.Link),
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Name, b.Name))
	})
}
