package action

import (
	"fmt"

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
	if p.Number == 0 && r.Changed > 0 && r.Created+r.Deleted == 0 { // live settings alone: say which, not how many objects hold them
		for _, l := range p.Lines() {
			if l.Label == "live" {
				text = l.Text
			}
		}
	}
	if len(r.Rolled) > 0 {
		text += fmt.Sprintf("; restarted links %v, whose image can't load a new order while it runs", r.Rolled)
	}
	for _, note := range r.Notes {
		text += "; " + note
	}
	return text
}
