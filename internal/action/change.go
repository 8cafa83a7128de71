package action

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/chaintui/chaintui/internal/kube/write"
)

// plan is the Plan function of an action that changes the chain.
func plan(id string) func(context.Context, Deps, Args) (Plan, error) {
	return func(ctx context.Context, d Deps, args Args) (Plan, error) {
		w := d.Writer(func(write.Event) {})
		p, err := planned(ctx, id, d, w, args)
		if err != nil {
			return Plan{}, err
		}
		out := Describe(p)
		if out.Nothing {
			return out, nil
		}
		diff, err := w.Diff(ctx, p)
		if err != nil {
			return out, err
		}
		out.Diff, out.Refused = diff.String(), len(diff.Conflicts) > 0
		for _, conflict := range diff.Conflicts {
			out.Lines = append(out.Lines, PlanLine{"conflict", conflict})
		}
		for _, note := range diff.Notes {
			out.Lines = append(out.Lines, PlanLine{"note", note})
		}
		return out, nil
	}
}

// run is the Run function of an action that changes the chain.
func run(id string) func(context.Context, Deps, Args, func(Progress)) (Result, error) {
	return func(ctx context.Context, d Deps, args Args, report func(Progress)) (Result, error) {
		w := d.Writer(func(e write.Event) {
			report(Progress{Step: e.Step, Done: e.Done, Total: e.Total, Message: e.Message})
		})
		if d.Force {
			w = w.Forcing()
		}
		report(Progress{Step: "reading the chain"})
		p, err := planned(ctx, id, d, w, args)
		if err != nil {
			return Result{}, err
		}
		done, err := w.Run(ctx, p, d.Wait)
		result := Result{Summary: Sentence(p, done)}
		if err == nil || done.Release > 0 {
			result.Undo, result.UndoBy = Undo(p, d.Where), UndoStep(p)
		}
		return result, err
	}
}

// planDeletePod says which pod goes, and what that means.
func planDeletePod(_ context.Context, d Deps, args Args) (Plan, error) {
	p := Plan{Title: "Delete pod " + args["pod"]}
	then := "its Deployment makes another"
	for pod := range d.Snapshot().Pods() {
		if pod.Name != args["pod"] {
			continue
		}
		p.Lines = append(p.Lines, PlanLine{"now", pod.State + " on " + cmp.Or(pod.Node, "no node")})
		if pod.Ready && pod.Link >= 0 {
			then += "; link " + strconv.Itoa(pod.Link) + " has a pod less until that is ready"
		}
	}
	p.Lines = append(p.Lines, PlanLine{"then", then})
	return p, nil
}

func deletePod(ctx context.Context, d Deps, args Args, report func(Progress)) (Result, error) {
	name := args["pod"]
	if d.DeletePod == nil || name == "" {
		return Result{}, errors.New("no pod is chosen")
	}
	report(Progress{Step: "deleting " + name})
	return Result{Summary: "deleted pod " + name + "; its Deployment makes another"}, d.DeletePod(ctx, name)
}

// errElsewhere is an action whose means were not given to it.
var errElsewhere = errors.New("this can't be done from here")

func request(ctx context.Context, d Deps, _ Args, report func(Progress)) (Result, error) {
	if d.Request == nil {
		return Result{}, errElsewhere
	}
	report(Progress{Step: "sending a request to the head"})
	summary, trace, err := d.Request(ctx)
	return Result{Summary: summary, Trace: trace}, err
}

func validateChain(ctx context.Context, d Deps, _ Args, report func(Progress)) (Result, error) {
	if d.Validate == nil {
		return Result{}, errElsewhere
	}
	headline, err := d.Validate(ctx, func(text string) { report(Progress{Step: text}) })
	return Result{Summary: headline}, err
}

func forward(ctx context.Context, d Deps, args Args, report func(Progress)) (Result, error) {
	if d.Forward == nil {
		return Result{}, errElsewhere
	}
	report(Progress{Step: "opening a port"})
	address, err := d.Forward(ctx, args["target"])
	return Result{Summary: args["target"] + " is at " + address, Address: address}, err
}
