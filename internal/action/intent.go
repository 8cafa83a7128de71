package action

import (
	"context"
	"fmt"
	"math"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// intend turns an action and its arguments into what the writer understands.
func intend(id string, d Deps, args Args) (write.Intent, error) {
	s := d.Snapshot()
	r := &reader{args: args, links: len(s.Links)}
	var in write.Intent
	switch id {
	case "deploy":
		return deployment(d, r)
	case "resize":
		n := r.integer("instances", 1, chain.MaxLength)
		if r.text("instances") == "" {
			r.fail("instances", "", "the number of links")
		}
		in = write.Resize(n)
	case "redeploy":
		in = write.Redeploy(r.list(), "")
	case "image":
		in = write.SetImage(r.list(), r.text("chain-link-image"))
	case "scale":
		if r.text("replicas") == "" {
			r.fail("replicas", "", "the number of pods")
		}
		in = write.Scale(r.one("link"), int32(r.integer("replicas", 0, chain.MaxReplicas)))
	case "rollback":
		in = write.Rollback(r.integer("to", 0, math.MaxInt32))
	case "pause":
		in = write.Pause(r.list())
	case "resume":
		in = write.Resume(r.list())
	case "fault":
		list, f, err := Fault(args, r.links)
		return write.SetFaults(list, f), err
	case "clear-fault":
		in = write.SetFaults(r.list(), chain.Fault{})
	case "load":
		if r.text("rate") == "" {
			r.fail("rate", "", "requests per second; 0 pauses them")
		}
		rate := r.number("rate")
		in = write.SetLoad(func(l *chain.Load) { l.Rate = rate })
	default:
		return write.Intent{}, fmt.Errorf("action %s changes no chain", id)
	}
	return in, r.err
}

// deployment is a first deploy by all settings, or a change of the running chain by what was given here.
func deployment(d Deps, r *reader) (write.Intent, error) {
	first, load, err := d.First()
	if err != nil {
		return write.Intent{}, err
	}
	n, rate := r.integer("instances", 1, chain.MaxLength), r.number("rate")
	image, tools, collector := r.text("chain-link-image"), r.text("tools-image"), r.text("collector")
	edit := func(s *chain.Spec) error {
		if n > 0 {
			s.Resize(n)
		}
		if image != "" {
			s.Image = image
		}
		if tools != "" {
			s.ToolsImage = tools
		}
		if collector != "" {
			s.Collector = collector
		}
		return s.Validate()
	}
	if r.err != nil {
		return write.Intent{}, r.err
	}
	if d.Snapshot().Release() == nil {
		if err := edit(&first); err != nil {
			return write.Intent{}, err
		}
	}
	return write.Deploy(first, edit, func(l *chain.Live) error {
		next := load
		if l.Load != nil {
			next = *l.Load
		}
		if r.text("rate") != "" {
			next.Rate = rate
		}
		l.Load = &next
		return next.Validate()
	}), nil
}

// planned makes the plan of an action.
func planned(ctx context.Context, id string, d Deps, w *write.Writer, args Args) (*write.Plan, error) {
	switch id {
	case "delete":
		return w.PlanDelete(ctx)
	case "adopt":
		current, err := w.Read(ctx)
		if err != nil {
			return nil, err
		}
		first, load, err := d.First()
		if err != nil {
			return nil, err
		}
		in, err := write.Adopt(current, first)
		if err != nil {
			return nil, err
		}
		in.Live = func(l *chain.Live) error {
			if l.Load == nil { // the original has none that can be set
				l.Load = &load
			}
			return l.Load.Validate()
		}
		return write.Make(current, in)
	}
	in, err := intend(id, d, args)
	if err != nil {
		return nil, err
	}
	return w.Plan(ctx, in)
}
