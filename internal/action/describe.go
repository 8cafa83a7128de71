package action

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Describe is a plan in words: what is new, changed and gone, and what stays untouched.
func Describe(p *write.Plan) Plan {
	out := Plan{Title: p.Action, Nothing: p.Nothing(), Restart: p.Restarts}
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

// Undo is the command that takes a change back; empty when none does, or nothing was changed.
func Undo(p *write.Plan) string {
	switch {
	case p.Nothing():
		return ""
	case p.Number > 0 && p.Base != nil && strings.HasPrefix(p.Action, "resize"):
		return fmt.Sprintf("chaintui resize %d", len(p.Before.Links))
	case p.Number > 0 && p.Base != nil:
		return fmt.Sprintf("chaintui rollback --to %d", p.Base.Number)
	case p.Number > 0:
		return "chaintui delete"
	case p.Live.Load != nil && p.LiveNow.Load != nil && *p.Live.Load != *p.LiveNow.Load:
		return fmt.Sprintf("chaintui load %g", p.LiveNow.Load.Rate)
	}
	return undoFault(p)
}

// undoFault gives the first link whose fault changed its former one back.
func undoFault(p *write.Plan) string {
	var changed []string
	var before chain.Fault
	for i, name := range p.Live.Order {
		if was := p.LiveNow.Faults[name]; was != p.Live.Faults[name] {
			changed, before = append(changed, fmt.Sprint(i)), was
		}
	}
	if len(changed) == 0 {
		return ""
	}
	args := FaultArgs(before)
	args["links"] = strings.Join(changed, " ")
	return Command("fault", args)
}
