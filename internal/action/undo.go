package action

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Undo is the command line that takes a change back; empty when none does, or nothing was changed. where are the flags
// that say of which chain.
func Undo(p *write.Plan, where string) string {
	var commands []string
	for _, u := range undo(p) {
		commands = append(commands, u.command+where)
	}
	return strings.Join(commands, " && ")
}

// UndoStep is the action that takes a change back; nil when none does, when it takes several, or what only the command line
// can.
func UndoStep(p *write.Plan) *Step {
	if all := undo(p); len(all) == 1 {
		return all[0].step
	}
	return nil
}

// undoing is a part of what takes a change back: a command, and the action that does the same, if there is one.
type undoing struct {
	command string
	step    *Step
}

func by(id string, args Args) undoing { return undoing{Command(id, args), &Step{id, args}} }

func undo(p *write.Plan) []undoing {
	switch {
	case p.Nothing(), p.Deletes():
		return nil
	case p.Base == nil && strings.HasPrefix(p.Action, "adopt"): // what was there before has no release to go back to
		return nil
	case p.Base == nil && p.Number > 0:
		return []undoing{by("delete", nil)}
	}
	var all []undoing
	if p.Number > 0 {
		all = undoSpec(p)
	}
	return append(append(all, undoLoad(p)...), undoFaults(p)...)
}

// undoSpec makes the Spec what it was. A live setting alone, or what was put right, leaves it as it is.
func undoSpec(p *write.Plan) []undoing {
	was, is := p.Before.Clone(), p.Spec.Clone()
	was.CreatedNS = is.CreatedNS // the namespace's own labels say that
	if reflect.DeepEqual(was, is) {
		return nil
	}
	cut := p.Before.Links[min(len(p.Spec.Links), len(p.Before.Links)):]
	own := slices.ContainsFunc(cut, func(l chain.Link) bool { return !reflect.DeepEqual(l, chain.Link{}) })
	if strings.HasPrefix(p.Action, "resize") && !own { // links that come back by a resize have no settings of their own
		return []undoing{by("resize", Args{"instances": strconv.Itoa(len(p.Before.Links))})}
	}
	return []undoing{by("rollback", Args{"to": strconv.Itoa(p.Base.Number)})}
}

// undoLoad sets the load to what it was before.
func undoLoad(p *write.Plan) []undoing {
	was, is := p.LiveNow.Load, p.Live.Load
	if was == nil || is == nil || *was == *is {
		return nil
	}
	u := by("load", Args{"rate": fmt.Sprintf("%g", was.Rate)})
	if was.Concurrency != is.Concurrency {
		u.step = nil // the dashboard's action knows the rate alone
		u.command += fmt.Sprintf(" --concurrency %d", cmp.Or(was.Concurrency, chain.DefaultConcurrency))
	}
	switch {
	case was.Jitter && !is.Jitter:
		u.step = nil
		u.command += " --jitter"
	case is.Jitter && !was.Jitter:
		u.step = nil
		u.command += " --even"
	}
	return []undoing{u}
}

// undoFaults gives the links whose faults changed their former ones back, also those that have gone: a command for all that
// had the same.
func undoFaults(p *write.Plan) []undoing {
	var before []chain.Fault // that differ, in order of links
	links := map[chain.Fault][]string{}
	order := p.LiveNow.Order
	if len(order) == 0 { // it could not be read
		order = p.Live.Order
	}
	for i, name := range order {
		was := p.LiveNow.Faults[name]
		if was == p.Live.Faults[name] {
			continue
		}
		if links[was] == nil {
			before = append(before, was)
		}
		links[was] = append(links[was], fmt.Sprint(i))
	}
	all := make([]undoing, 0, len(before))
	for _, f := range before {
		args := FaultArgs(f)
		args["links"] = strings.Join(links[f], " ")
		u := by("fault", args)
		if f == (chain.Fault{}) {
			u.step = &Step{"clear-fault", args}
		}
		all = append(all, u)
	}
	return all
}
