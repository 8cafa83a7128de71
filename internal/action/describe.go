package action

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

// Describe is a plan in words: what is new, changed and gone, and what stays untouched.
func Describe(p *write.Plan) Plan {
	out := Plan{Title: p.Action, Nothing: p.Nothing(), Restart: p.Restarts}
	line := func(label, text string) {
		if text != "" {
			out.Lines = append(out.Lines, PlanLine{label, text})
		}
	}
	if before, after := len(p.Before.Links), len(p.Spec.Links); before != after && after > 0 {
		line("links", fmt.Sprintf("%d → %d", before, after))
	}
	if p.CreateNamespace {
		line("new", "namespace "+p.Namespace)
	}
	line("new", objects(p, write.Create))
	line("changed", objects(p, write.Change))
	line("adopted", objects(p, write.Take))
	line("deleted", objects(p, write.Delete))
	if p.DeleteNamespace {
		line("deleted", "namespace "+p.Namespace)
	}
	if p.Publish && p.Number == 0 {
		line("live", faultsOf(p.Live))
	}
	switch {
	case len(p.Restarts) > 0:
		line("restarted", restarted(p))
	case p.Base != nil && len(p.Spec.Links) > 0:
		line("untouched", "all running pods; no request is lost")
	}
	for _, warning := range p.Warnings {
		line("note", warning)
	}
	if out.Nothing {
		out.Lines = []PlanLine{{"nothing", "the chain is so already"}}
	}
	return out
}

// objects counts the objects of a verb by kind: "2 Deployments, 2 Services, ConfigMap chain-link-services".
func objects(p *write.Plan, verb write.Verb) string {
	var kinds []manifests.Kind
	names := map[manifests.Kind][]string{}
	for _, s := range p.Steps {
		if s.Verb != verb {
			continue
		}
		if names[s.Kind] == nil {
			kinds = append(kinds, s.Kind)
		}
		names[s.Kind] = append(names[s.Kind], s.Name)
	}
	parts := make([]string, 0, len(kinds))
	for _, k := range kinds {
		switch list := names[k]; {
		case len(list) == 1:
			parts = append(parts, string(k)+" "+list[0])
		case strings.HasSuffix(string(k), "y"):
			parts = append(parts, fmt.Sprintf("%d %sies", len(list), strings.TrimSuffix(string(k), "y")))
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", len(list), k))
		}
	}
	return strings.Join(parts, ", ")
}

func restarted(p *write.Plan) string {
	if len(p.Restarts) == len(p.Spec.Links) {
		return "the pods of all links, each after its replacement is ready"
	}
	parts := make([]string, len(p.Restarts))
	for i, link := range p.Restarts {
		parts[i] = fmt.Sprint(link)
	}
	return "the pods of link " + strings.Join(parts, ", ") + ", each after its replacement is ready"
}

// faultsOf says what the live settings come to.
func faultsOf(l chain.Live) string {
	var parts []string
	for _, name := range l.Order {
		if f := l.Faults[name]; !f.IsZero() {
			parts = append(parts, fmt.Sprintf("%s %s", strings.Replace(name, "-service-", "-", 1), f))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "no faults")
	}
	if l.Load != nil {
		parts = append(parts, fmt.Sprintf("load %g/s", l.Load.Rate))
	}
	return strings.Join(parts, "; ")
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
	command := "chaintui fault " + strings.Join(changed, " ")
	if before.IsZero() {
		return command + " --clear"
	}
	return command + flags(before)
}

// flags are the flags of `chaintui fault` that set f.
func flags(f chain.Fault) string {
	var b strings.Builder
	add := func(name string, d chain.Duration) {
		if d != 0 {
			fmt.Fprintf(&b, " --%s %v", name, d)
		}
	}
	add("latency", f.Latency)
	add("p50", f.P50)
	add("p90", f.P90)
	add("p99", f.P99)
	if f.ErrorRate > 0 {
		fmt.Fprintf(&b, " --error-rate %g --status %d", f.ErrorRate, f.ErrorStatus())
	}
	return b.String()
}
