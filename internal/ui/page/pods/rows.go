package pods

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

const muted = theme.Muted

var columns = []table.Column{
	{Title: "link", Min: 5, Right: true},
	{Title: "pod", Min: 24, Max: 48, Mid: true},
	{Title: "ready", Min: 5, Right: true, Drop: 2},
	{Title: "state", Min: 19},
	{Title: "restarts", Min: 9, Right: true},
	{Title: "age", Min: 4, Right: true},
	{Title: "node", Min: 6, Max: 24, Drop: 3, Mid: true},
	{Title: "IP", Min: 15, Drop: 4},
	{Title: "why", Min: 20, Max: 90, Drop: 1},
}

// order sorts rows by a column; those that are equal stay in the chain's order.
func order(rows []*state.Pod, column int, down bool) {
	by := func(a, b *state.Pod) int {
		switch columns[column].Title {
		case "link":
			return cmp.Compare(uint(a.Link), uint(b.Link)) // the collector and the load generator (-1) come last
		case "pod":
			return cmp.Compare(a.Name, b.Name)
		case "ready":
			return compareBool(a.Ready, b.Ready)
		case "state":
			return cmp.Or(compareBool(a.Ready, b.Ready), cmp.Compare(a.State, b.State))
		case "restarts":
			return cmp.Compare(b.Restarts, a.Restarts)
		case "age":
			return b.Created.Compare(a.Created)
		case "node":
			return cmp.Compare(a.Node, b.Node)
		case "IP":
			return cmp.Compare(a.IP, b.IP)
		}
		return cmp.Compare(b.Reason, a.Reason)
	}
	slices.SortStableFunc(rows, func(a, b *state.Pod) int {
		if down {
			return by(b, a)
		}
		return by(a, b)
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// why is what stands beside a pod that is not well, or was not.
func why(w *page.World, p *state.Pod) string {
	if p.Message != "" {
		return p.Message
	}
	if p.LastExit != "" {
		return "last exit " + p.LastExit + ", " + units.Age(w.Now, p.LastExitAt) + " ago"
	}
	return p.Reason
}

func (p *Page) drawTable(w *page.World, c canvas.Canvas) {
	pod := p.pod()
	note := why(w, pod)
	lines := canvas.Wrap(note, c.W()-4)
	pane := 0
	if note != "" {
		pane = min(len(lines), 4) + 1
	}
	p.list.Columns = shownColumns(w, p.list.Rows())
	p.list.Draw(c.Rows(0, c.H()-pane), p.sort, p.down, func(pod *state.Pod) table.Row { return row(w, pod) })
	if pane > 0 {
		below := c.Rows(c.H()-pane, pane)
		below.Rule(0, pod.Name, theme.Border, theme.Accent)
		for y, line := range lines[:pane-1] {
			below.Text(1, y+1, line, theme.OfPod(pod).Ink)
		}
	}
}

func row(w *page.World, p *state.Pod) table.Row {
	link := "·"
	if p.Link >= 0 {
		link = fmt.Sprint(p.Link)
	}
	look := theme.OfPod(p)
	name, restarts := theme.Text, theme.Muted
	if p.Deleting {
		name = theme.Muted
	}
	if p.Restarts > 0 {
		restarts = theme.Warn
	}
	return table.Row{
		{Text: link, Ink: theme.Of(p.Link)},
		{Text: p.Name, Ink: name},
		{Text: readyOf(p), Ink: theme.Muted},
		{Text: look.Symbol + " " + look.Word, Ink: look.Ink},
		{Text: units.Count(p.Restarts), Ink: restarts},
		{Text: units.Age(w.Now, p.Created), Ink: theme.Muted},
		{Text: p.Node, Ink: theme.Muted},
		{Text: p.IP, Ink: theme.Muted},
		{Text: why(w, p), Ink: theme.Muted},
	}
}

// readyOf is kubectl's READY: containers that are ready, of how many.
func readyOf(p *state.Pod) string {
	ready, all := 0, 0
	for i := range p.Containers {
		if c := &p.Containers[i]; !c.Init {
			all++
			if c.Ready {
				ready++
			}
		}
	}
	return fmt.Sprintf("%d/%d", ready, all)
}

// shownColumns leave out the reasons when there are none. Nodes get no more than the longest needs: pods' names are longer.
func shownColumns(w *page.World, rows []*state.Pod) []table.Column {
	shown := slices.Clone(columns)
	node := &shown[slices.IndexFunc(shown, func(c table.Column) bool { return c.Title == "node" })]
	widest, reasons := node.Min, false
	for _, p := range rows {
		widest = max(widest, canvas.Width(p.Node))
		reasons = reasons || why(w, p) != ""
	}
	node.Max = min(node.Max, widest)
	if !reasons {
		shown = shown[:len(shown)-1]
	}
	return shown
}
