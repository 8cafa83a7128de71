package write

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/manifests"
)

// applySteps applies the steps that fit, in their order, many at once.
func (r *run) applySteps(ctx context.Context, what string, fits func(*Step) bool) error {
	steps := r.choose(func(s *Step) bool { return s.Verb != Keep && s.Verb != Delete && fits(s) })
	if len(steps) == 0 {
		return nil
	}
	// The ConfigMap first: pods wait for it. What else a link needs comes before it, too.
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
	if refused, ok := errors.AsType[*kube.Refused](err); ok && refused.Cause == kube.Invalid && r.options.Force && s.Verb == Change {
		// What others added does not go with ours, as a port of the same name: forced, it goes.
		if err = r.takeOver(ctx, s.ID); err == nil {
			answer, err = r.apply(ctx, s.object, chain.Manager)
		}
	}
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
	err := r.patiently(ctx, "read "+s.String(), func(ctx context.Context) error {
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

// joining are the links that the order is about to name. Requests go to a paused one as well, so that it has to have pods.
func (r *run) joining() func(*state.Snapshot) []want {
	return func(s *state.Snapshot) []want {
		wants := linksOf(s, &r.Spec, func(i int) bool { return slices.Contains(r.Added, i) && r.Spec.ReplicasOf(i) > 0 })
		for i := range wants {
			wants[i].serving = wants[i].serving || wants[i].status == state.Paused
		}
		return wants
	}
}

func (r *run) all() func(*state.Snapshot) []want {
	return func(s *state.Snapshot) []want { return wholeChain(s, &r.Spec) }
}
