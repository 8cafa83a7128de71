package write

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/manifests"
)

// Line is one line of a plan for people: "new", "2 Deployments, 2 Services".
type Line struct{ Label, Text string }

// Lines say what the plan does, in a few lines.
func (p *Plan) Lines() []Line {
	var lines []Line
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, Line{label, text})
		}
	}
	if p.CreateNamespace {
		add("namespace", p.Namespace+" is created")
	}
	if before, after := len(p.Before.Links), len(p.Spec.Links); before != after && before > 0 && after > 0 {
		add("links", fmt.Sprintf("%d → %d", before, after))
	}
	for _, v := range []struct {
		verb  Verb
		label string
	}{{Create, "new"}, {Take, "adopted"}, {Change, "changed"}, {Delete, "deleted"}} {
		add(v.label, kinds(p.choose(func(s *Step) bool { return s.Verb == v.verb })))
	}
	if p.Publish && !p.deletes {
		add("live", p.liveText())
	}
	add("restarted", p.restartText())
	if p.barePod != "" {
		add("replaced", "the load generator's Pod, by a Deployment")
	}
	if p.DeleteNamespace {
		add("namespace", p.Namespace+" is deleted")
	}
	if n := p.Count(Keep); n > 0 {
		add("untouched", plural(n, "object"))
	}
	for _, w := range p.Warnings {
		add("note", w)
	}
	return lines
}

func (p *Plan) restartText() string {
	switch n := len(p.Restarts); {
	case n == 0:
		return ""
	case n == len(p.Spec.Links):
		return "all links, one pod after the other"
	}
	return linkList(p.Restarts)
}

// liveText says what changes for the running links.
func (p *Plan) liveText() string {
	var parts []string
	if !slices.Equal(p.LiveNow.Order, p.Live.Order) {
		parts = append(parts, "order of "+plural(len(p.Live.Order), "link"))
	}
	for i, name := range p.Live.Order {
		if was, is := p.LiveNow.Faults[name], p.Live.Faults[name]; was != is {
			parts = append(parts, fmt.Sprintf("fault of link %d: %s → %s", i, was, is))
		}
	}
	if was, is := p.LiveNow.Load, p.Live.Load; is != nil && (was == nil || *was != *is) {
		if was == nil {
			parts = append(parts, fmt.Sprintf("load %g req/s", is.Rate))
		} else {
			parts = append(parts, fmt.Sprintf("load %g → %g req/s", was.Rate, is.Rate))
		}
	}
	if len(parts) > 4 {
		parts = append(parts[:3], fmt.Sprintf("and %d more", len(parts)-3))
	}
	return strings.Join(parts, "; ")
}

// kinds counts steps by kind: "2 Deployments, 1 Service".
func kinds(steps []Step) string {
	count := map[manifests.Kind]int{}
	for _, s := range steps {
		count[s.Kind]++
	}
	var parts []string
	for _, k := range kindOrder {
		if n := count[k]; n > 0 {
			parts = append(parts, plural(n, string(k)))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case strings.HasSuffix(what, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(what, "y"))
	}
	return fmt.Sprintf("%d %ss", n, what)
}
