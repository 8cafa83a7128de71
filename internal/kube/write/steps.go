package write

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/manifests"
)

// createNamespace makes the chain's own namespace. One that appeared meanwhile is somebody else's.
func (r *run) createNamespace(ctx context.Context) error {
	object, err := manifests.NamespaceObject(r.Spec, r.namespace)
	if err != nil {
		return err
	}
	return r.patiently(ctx, "create namespace "+r.namespace, func(ctx context.Context) error {
		err := r.api(manifests.Namespace).Post().Resource("namespaces").Param("fieldManager", chain.Manager).
			SetHeader("Content-Type", "application/json").Body(object.Body).Do(ctx).Error()
		if apierrors.IsAlreadyExists(err) {
			return r.sameNamespace(ctx)
		}
		return err
	})
}

// sameNamespace looks whether the namespace that is there is one of ours after all: an earlier attempt of this very
// request may have made it.
func (r *run) sameNamespace(ctx context.Context) error {
	c, err := r.Read(ctx)
	if err != nil {
		return err
	}
	if !c.Ours {
		return fmt.Errorf("namespace %s was made by someone else meanwhile; try again to use it as it is", r.namespace)
	}
	return nil
}

// applySteps applies the steps that fit, in their order, many at once.
func (r *run) applySteps(ctx context.Context, what string, fits func(*Step) bool) error {
	steps := r.choose(func(s *Step) bool { return s.Verb != Keep && s.Verb != Delete && fits(s) })
	if len(steps) == 0 {
		return nil
	}
	// The namespace's ConfigMap and Services first: pods that start before them wait for them.
	slices.SortStableFunc(steps, func(a, b Step) int { return order(&a) - order(&b) })
	counter := r.progress.counter("applying "+what, len(steps))
	return each(ctx, len(steps), func(ctx context.Context, i int) error {
		defer counter.add()
		return r.applyStep(ctx, &steps[i])
	})
}

func order(s *Step) int {
	switch s.Kind {
	case manifests.ConfigMap:
		return 0
	case manifests.Deployment:
		return 2
	}
	return 1
}

func (r *run) applyStep(ctx context.Context, s *Step) error {
	if s.Verb == Take {
		if err := r.takeOver(ctx, s.ID); err != nil {
			return err
		}
	}
	if s.handOn {
		if err := r.handOn(ctx, s); err != nil {
			return err
		}
	}
	answer, err := r.apply(ctx, s.object, chain.Manager)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.Kind == manifests.Deployment {
		r.generations[s.Name] = answer.Metadata.Generation
	}
	if s.Verb == Create {
		r.result.Created++
	} else {
		r.result.Changed++
	}
	return nil
}

// handOn lets another field manager hold the live number of replicas before chaintui leaves the field out: a field that
// nobody owns goes back to its default, 1.
func (r *run) handOn(ctx context.Context, s *Step) error {
	var live struct {
		Spec struct {
			Replicas int32 `json:"replicas"`
		} `json:"spec"`
	}
	err := r.patiently(ctx, "read "+s.ID.String(), func(ctx context.Context) error {
		data, err := raw(r.api(s.Kind).Get().Namespace(r.namespace).Resource("deployments").Name(s.Name).
			SetHeader("Accept", "application/json").Do(ctx))
		if err == nil {
			err = json.Unmarshal(data, &live)
		}
		return err
	})
	if err != nil {
		return err
	}
	held := s.object
	held.Body, err = json.Marshal(map[string]any{
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"name": s.Name, "namespace": r.namespace},
		"spec": map[string]any{"replicas": live.Spec.Replicas},
	})
	if err != nil {
		return err
	}
	_, err = r.apply(ctx, held, chain.Manager+"-autoscaler")
	return err
}

// deleteSteps deletes what the plan deletes, in its order: tail first.
func (r *run) deleteSteps(ctx context.Context) error {
	if r.barePod != "" {
		if err := r.deleteBarePod(ctx); err != nil {
			return err
		}
	}
	steps := r.choose(func(s *Step) bool { return s.Verb == Delete })
	if len(steps) == 0 {
		return nil
	}
	counter := r.progress.counter("deleting", len(steps))
	return each(ctx, len(steps), func(ctx context.Context, i int) error {
		defer counter.add()
		if err := r.remove(ctx, steps[i].ID, steps[i].uid); err != nil {
			return err
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.result.Deleted++
		return nil
	})
}

func (r *run) links(chosen func(int) bool) func(*state.Snapshot) []want {
	return func(s *state.Snapshot) []want { return linksOf(s, &r.Spec, chosen) }
}

func (r *run) all() func(*state.Snapshot) []want {
	return func(s *state.Snapshot) []want { return wholeChain(s, &r.Spec) }
}

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
	return r.waitFor(ctx, "waiting for the restarted links", r.Plan, r.generations, r.links(rolls))
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
