package action

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Describe is a plan in words: what is new, changed and gone, and what stays untouched.
func Describe(p *write.Plan) Plan {
	out := Plan{Title: p.Action, Nothing: p.Nothing()}
	if out.Nothing {
		out.Lines = []PlanLine{{"nothing", "the chain is so already"}}
		return out
	}
	for _, l := range p.Lines() {
		out.Lines = append(out.Lines, PlanLine(l))
	}
	if len(p.Restarts) == 0 && p.Base != nil && len(p.Spec.Links) > 0 {
		out.Lines = append(out.Lines, PlanLine{"pods", "all running ones stay; no request is lost"})
	}
	return out
}

// Sentence says what was done.
func Sentence(p *write.Plan, r write.Result) string {
	text := p.Action + ": " + r.String()
	if len(r.Rolled) > 0 {
		text += fmt.Sprintf("; restarted links %v, whose image can't load a new order while it runs", r.Rolled)
	}
	for _, note := range r.Notes {
		text += "; " + note
	}
	return text
}

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
	case p.Nothing():
		return nil
	case p.Number > 0 && p.Base != nil && strings.HasPrefix(p.Action, "resize"):
		return []string{fmt.Sprintf("chaintui resize %d", len(p.Before.Links))}
	case p.Number > 0 && p.Base != nil:
		return []string{fmt.Sprintf("chaintui rollback --to %d", p.Base.Number)}
	case p.Number > 0 && strings.HasPrefix(p.Action, "adopt"): // what was there before has no release to go back to
		return nil
	case p.Number > 0:
		return []string{"chaintui delete"}
	case p.Live.Load != nil && p.LiveNow.Load != nil && *p.Live.Load != *p.LiveNow.Load:
		return []string{undoLoad(*p.LiveNow.Load, *p.Live.Load)}
	}
	return undoFaults(p)
}

// undoLoad sets the load to what it was before.
func undoLoad(was, is chain.Load) string {
	text := fmt.Sprintf("chaintui load %g", was.Rate)
	if was.Concurrency != is.Concurrency && was.Concurrency > 0 {
		text += fmt.Sprintf(" --concurrency %d", was.Concurrency)
	}
	switch {
	case was.Jitter && !is.Jitter:
		text += " --jitter"
	case is.Jitter && !was.Jitter:
		text += " --even"
	}
	return text
}

// undoFaults gives the links whose faults changed their former ones back: a command for all that had the same.
func undoFaults(p *write.Plan) []string {
	var before []chain.Fault // that differ, in order of links
	links := map[chain.Fault][]string{}
	for i, name := range p.Live.Order {
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
