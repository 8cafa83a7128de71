package write

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// rollFixed restarts the links whose image can't load an order while it runs, where that matters: first those that
// joined, which have read an order that does not name them, then those that call another link now. It waits for them.
// The release keeps their new restart token.
func (r *run) rollFixed(ctx context.Context, pods []pod, matters func(link int) bool) error {
	var links []int
	for _, p := range pods {
		if p.link >= 0 && p.link < len(r.Spec.Links) && !slices.Contains(links, p.link) && matters(p.link) {
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
	r.result.Rolled = links
	others := slices.DeleteFunc(slices.Clone(links), r.joined)
	for _, batch := range [][]int{slices.DeleteFunc(slices.Clone(links), func(i int) bool { return !r.joined(i) }), others} {
		if err := r.rollOut(ctx, objects, batch); err != nil {
			return err
		}
	}
	return nil
}

// rollOut applies those links' Deployments and waits for them.
func (r *run) rollOut(ctx context.Context, objects []manifests.Object, links []int) error {
	if len(links) == 0 {
		return nil
	}
	rolls := func(i int) bool { return slices.Contains(links, i) }
	for _, o := range objects {
		if o.Kind != manifests.Deployment || !rolls(o.Link) {
			continue
		}
		step := Step{ID: o.ID, Verb: Change, Part: o.Part, Link: o.Link, object: o}
		if i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.ID == o.ID }); i >= 0 && !hasReplicas(r.Steps[i].object.Body) {
			bare, err := o.WithoutReplicas()
			if err != nil {
				return err
			}
			step.object = bare
		}
		if err := r.applyStep(ctx, &step); err != nil {
			return err
		}
	}
	return r.waitFor(ctx, "waiting for the restarted links", r.generations, r.links(rolls))
}

// joined tells whether link i is new in the order.
func (r *run) joined(i int) bool { return slices.Contains(r.Added, i) }

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
