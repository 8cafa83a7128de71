package write

import (
	"fmt"

	"github.com/chaintui/chaintui/manifests"
)

// steps says what becomes of each object.
func (p *Plan) steps(c *Current) error {
	objects, err := manifests.Objects(p.Spec, p.Namespace, p.Live)
	if err != nil {
		return err
	}
	before, all := p.sentBefore(c)
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
			p.warnOfScaler(o)
		}
		if isConfig(&step) {
			if step.object, err = manifests.ConfigMapObject(p.Namespace, inWordsOf(c.Config, p.Live)); err != nil {
				return err
			}
		}
		step.uid, step.live = live.UID, live.Body
		sent, was := before[o.ID]
		switch {
		case !exists || live.Deleting:
			step.Verb = Create
		case !live.Managed, p.intent.Adopt && p.Base == nil: // kubectl manages the fields of generate's objects
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

// warnOfScaler says that a link's replicas stay what an autoscaler makes them, when the plan would change them.
func (p *Plan) warnOfScaler(o manifests.Object) {
	before, after := int32(1), int32(1)
	if i := o.Link; i >= 0 && i < len(p.Before.Links) && i < len(p.Spec.Links) {
		before, after = p.Before.ReplicasOf(i), p.Spec.ReplicasOf(i)
	}
	if before != after {
		p.Warnings = append(p.Warnings, fmt.Sprintf("link %d has as many pods as its autoscaler says, not %d", o.Link, after))
	}
}

// sentBefore is what the base release applied: a field that it had and that is wanted no longer shows nowhere else.
// all tells that this is not known for sure, so that everything has to be applied.
func (p *Plan) sentBefore(c *Current) (before map[manifests.ID]manifests.Object, all bool) {
	if p.Base == nil {
		return nil, false
	}
	objects, err := manifests.Objects(p.Base.Spec, p.Namespace, liveOf(c.Config))
	if err != nil {
		return nil, true // by an older chaintui, perhaps
	}
	before = make(map[manifests.ID]manifests.Object, len(objects))
	for _, o := range objects {
		before[o.ID] = o
	}
	return before, !p.Base.Outcome.Written()
}
