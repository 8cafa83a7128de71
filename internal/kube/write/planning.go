package write

import (
	"fmt"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// Make plans an intent. It is pure: the same intent on the same state is the same plan.
func Make(c *Current, in Intent) (*Plan, error) {
	if c.Terminating {
		return nil, &Ending{c.Namespace}
	}
	p := &Plan{
		Namespace: c.Namespace, Base: c.Base(), intent: in, namespaceID: c.NamespaceID,
		releaseIDs: c.ReleaseIDs,
	}
	base, err := p.base(c, in)
	if err != nil {
		return nil, err
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
	if in.Spec != nil {
		p.unpauseNew(c)
	}
	p.Spec.CreatedNS = !c.Exists || c.Ours // the namespace's own labels know best
	p.CreateNamespace = !c.Exists
	if err := p.Spec.Validate(); err != nil {
		return nil, err
	}
	p.LiveNow = liveOf(c.Config)
	if p.Live, err = nextLive(p.LiveNow, &p.Spec, in.Live); err != nil {
		return nil, err
	}
	p.Publish = !sameLive(c.Config, p.Live)
	if c.Config == nil || len(p.LiveNow.Order) > 0 { // an order that can't be read is put right at once
		p.Added, p.Removed = moved(p.LiveNow.Order, p.Live.Order)
	}
	if in.Spec == nil {
		return p, nil
	}
	if err := p.steps(c); err != nil {
		return nil, err
	}
	if err := p.respect(c, in.Adopt); err != nil {
		return nil, err
	}
	p.number(c)
	return p, nil
}

// unpauseNew lets the rollouts of links that have no Deployment yet go on: a paused one would never make a pod.
func (p *Plan) unpauseNew(c *Current) {
	for i := range p.Spec.Links {
		live, exists := c.Objects[manifests.ID{Kind: manifests.Deployment, Name: chain.DeploymentName(i)}]
		if p.Spec.Links[i].Paused && (!exists || live.Deleting) {
			p.Spec.Links[i].Paused = false
			p.Warnings = append(p.Warnings, fmt.Sprintf("link %d is not paused as it was: it has no pods yet", i))
		}
	}
}

// respect refuses a plan that would change what is not chaintui's, unless the user adopts it. Objects of a link's name beside
// a chain that has releases are none of its business.
func (p *Plan) respect(c *Current, adopt bool) error {
	taken := p.choose(func(s *Step) bool { return s.Verb == Take })
	if len(taken) > 0 && !adopt {
		e := &Foreign{Namespace: c.Namespace, InChain: true}
		for _, s := range taken {
			e.Objects = append(e.Objects, s.ID)
		}
		return e
	}
	for _, id := range c.foreign() {
		if !slices.ContainsFunc(taken, func(s Step) bool { return s.ID == id }) {
			p.Warnings = append(p.Warnings, id.String()+" is not chaintui's and stays")
		}
	}
	return nil
}

// base is the Spec that the intent changes: of the newest release, or what it brings for a first one. A chain that stands
// without a release is adopted first: by what the intent brings it would lose what it is.
func (p *Plan) base(c *Current, in Intent) (Base, error) {
	b := Base{Releases: c.Releases, Next: c.Newest + 1, First: p.Base == nil}
	switch {
	case p.Base != nil:
		b.Spec = p.Base.Spec.Clone()
	case !in.Adopt && len(c.foreign()) > 0:
		return b, &Foreign{Namespace: c.Namespace, Objects: c.foreign()}
	case !in.Adopt && c.standing():
		return b, ErrUnadopted
	case in.First != nil:
		b.Spec = in.First.Clone()
	default:
		return b, ErrNoChain
	}
	return b, nil
}

// number makes the plan a release if it changes something that a release stores.
func (p *Plan) number(c *Current) {
	unfinished := p.Base != nil && !p.Base.Outcome.Written()
	if unfinished || p.Base == nil || !p.Nothing() {
		p.Number = c.Newest + 1
	}
	if p.Base != nil && p.Base.Outcome == chain.Pending {
		p.older = p.Base.Number
	}
}
