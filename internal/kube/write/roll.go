package write

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// rollFixed restarts the links whose image can't load an order while it runs, where the link that they call is another
// one now, and waits for them. The release keeps their new restart token.
func (r *run) rollFixed(ctx context.Context, pods []pod) error {
	var links []int
	for _, p := range pods {
		if p.link >= 0 && p.link < len(r.Spec.Links) && !slices.Contains(links, p.link) && r.callsAnother(p.link) {
			links = append(links, p.link)
		}
	}
	if len(links) == 0 {
		return nil
	}
	slices.Sort(links)
	r.progress.send(Event{Step: "restarting " + linkList(links), Message: linkList(links) + " can't load a new order while running: restarted"})
	r.Spec = r.Spec.Clone()
	for _, i := range links {
		r.Spec.Links[i].Restart = strconv.Itoa(r.Number) + "-order"
	}
	r.release.Spec = r.Spec
	if err := r.record(ctx, r.release); err != nil {
		return err
	}
	objects, err := manifests.Objects(r.Spec, r.namespace, r.Live)
	if err != nil {
		return err
	}
	rolls := func(i int) bool { return slices.Contains(links, i) }
	for _, o := range objects {
		if o.Kind != manifests.Deployment || !rolls(o.Link) {
			continue
		}
		step := Step{ID: o.ID, Verb: Change, Part: o.Part, Link: o.Link, object: o}
		if i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.ID == o.ID }); i >= 0 && !hasReplicas(r.Steps[i].object.Body) {
			if step.object, err = o.WithoutReplicas(); err != nil {
				return err
			}
		}
		if err := r.applyStep(ctx, &step); err != nil {
			return err
		}
	}
	r.result.Rolled = links
	return r.waitFor(ctx, "waiting for the restarted links", r.generations, r.links(rolls))
}

// callsAnother tells whether link i calls another link by the new order than by the old one.
func (r *run) callsAnother(i int) bool {
	name := chain.ServiceName(i)
	before, had := r.LiveNow.Order.Next(name)
	now, has := r.Spec.Order().Next(name)
	return before != now || had != has
}

func hasReplicas(body []byte) bool {
	var d struct {
		Spec struct{ Replicas *int32 }
	}
	return json.Unmarshal(body, &d) == nil && d.Spec.Replicas != nil
}
