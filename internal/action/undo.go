package action

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Undo is the command line that takes a change back; empty when none does, or nothing was changed. where are the flags
// that say of which chain.
func Undo(p *write.Plan, where string) string {
	commands := undo(p)
	for i := range commands {
		commands[i] += where
	}
	return strings.Join(commands, " && ")
}

func undo(p *write.Plan) []string {
	switch {
	case p.Nothing(), p.Deletes():
		return nil
	case p.Base == nil && strings.HasPrefix(p.Action, "adopt"): // what was there before has no release to go back to
		return nil
	case p.Base == nil && p.Number > 0:
		return []string{"chaintui delete"}
	}
	var commands []string
	if p.Number > 0 {
		commands = undoSpec(p)
	}
	return append(append(commands, undoLoad(p)...), undoFaults(p)...)
}

// undoSpec makes the Spec what it was. A live setting alone, or what was put right, leaves it as it is.
func undoSpec(p *write.Plan) []string {
	was, is := p.Before.Clone(), p.Spec.Clone()
	was.CreatedNS = is.CreatedNS // the namespace's own labels say that
	if reflect.DeepEqual(was, is) {
		return nil
	}
	cut := p.Before.Links[min(len(p.Spec.Links), len(p.Before.Links)):]
	own := slices.ContainsFunc(cut, func(l chain.Link) bool { return !reflect.DeepEqual(l, chain.Link{}) })
	if strings.HasPrefix(p.Action, "resize") && !own { // links that come back by a resize have no settings of their own
		return []string{fmt.Sprintf("chaintui resize %d", len(p.Before.Links))}
	}
	return []string{fmt.Sprintf("chaintui rollback --to %d", p.Base.Number)}
}

// undoLoad sets the load to what it was before.
func undoLoad(p *write.Plan) []string {
	was, is := p.LiveNow.Load, p.Live.Load
	if was == nil || is == nil || *was == *is {
		return nil
	}
	text := fmt.Sprintf("chaintui load %g", was.Rate)
	if was.Concurrency != is.Concurrency {
		text += fmt.Sprintf(" --concurrency %d", cmp.Or(was.Concurrency, chain.DefaultConcurrency))
	}
	switch {
	case was.Jitter && !is.Jitter:
		text += " --jitter"
	case is.Jitter && !was.Jitter:
		text += " --even"
	}
	return []string{text}
}

// undoFaults gives the links whose faults changed their former ones back, also those that have gone: a command for all that
// had the same.
func undoFaults(p *write.Plan) []string {
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
	commands := make([]string, 0, len(before))
	for _, f := range before {
		args := FaultArgs(f)
		args["links"] = strings.Join(links[f], " ")
		commands = append(commands, Command("fault", args))
	}
	return commands
}
