package pods

import (
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/eventlist"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawDetail draws everything that the snapshot knows of a pod, from row y on, and returns the row after it.
func drawDetail(w *page.World, c canvas.Canvas, y int, p *state.Pod) int {
	c = c.Inset(2, 0)
	look := theme.OfPod(p)
	x := c.Text(0, y, look.Symbol+" "+look.Word, look.Ink|theme.Bold)
	c.Text(x+3, y, canvas.Middle(p.Name, c.W()-x-3), theme.Text|theme.Bold)
	y++
	if note := why(w, p); note != "" {
		for _, line := range canvas.Wrap(note, c.W()) {
			c.Text(0, y, line, look.Ink)
			y++
		}
	}
	y++
	y = facts(c, y, [][2]string{
		{"node", p.Node}, {"IP", p.IP}, {"phase", p.Phase}, {"owner", p.Owner},
		{"age", units.Age(w.Now, p.Created)}, {"restarts", units.Count(p.Restarts)}, {"last exit", p.LastExit}, {"configuration", p.Config},
	})
	y = heading(c, y+1, "containers")
	for i := range p.Containers {
		y = container(c, y, &p.Containers[i])
	}
	y = heading(c, y+1, "conditions")
	for _, k := range p.Conditions {
		ink := theme.Muted
		if k.Status != "True" {
			ink = theme.Warn
		}
		c.Right(4, y, units.Age(w.Now, k.Since), theme.Faint)
		x := c.Text(6, y, canvas.Pad(k.Type, 20), theme.Text)
		x = c.Text(x+1, y, canvas.Pad(k.Status, 6), ink)
		c.Text(x+1, y, canvas.Cut(k.Reason+" "+k.Message, c.W()-x-1), theme.Muted)
		y++
	}
	return events(w, c, y+1, p)
}

func heading(c canvas.Canvas, y int, title string) int {
	c.Text(0, y, title, theme.Accent)
	return y + 1
}

// facts draws names and values in two columns, and leaves out what is empty.
func facts(c canvas.Canvas, y int, all [][2]string) int {
	column := 0
	width := c.W() / 2
	for _, f := range all {
		if f[1] == "" {
			continue
		}
		c.Text(column*width, y, f[0], theme.Muted)
		c.Text(column*width+15, y, canvas.Middle(f[1], width-17), theme.Text)
		if column++; column == 2 {
			column, y = 0, y+1
		}
	}
	return y + column
}

func container(c canvas.Canvas, y int, k *state.Container) int {
	ink := theme.Muted
	symbol := "●"
	switch {
	case k.Ready:
		ink = theme.OK
	case k.Reason != "":
		ink, symbol = theme.Fail, "✗"
	default:
		symbol = "◐"
	}
	x := c.Text(0, y, symbol+" ", ink)
	x = c.Text(x, y, canvas.Pad(k.Name, 14), theme.Text)
	text := k.State
	if k.Reason != "" {
		text += " " + k.Reason
	}
	x = c.Text(x+1, y, canvas.Pad(text, 26), ink)
	x = c.Text(x+1, y, canvas.Pad(units.Plural(k.Restarts, "restart", "restarts"), 12), theme.Muted)
	c.Text(x+1, y, canvas.Middle(k.Image, c.W()-x-1), theme.Muted)
	if k.Message != "" {
		c.Text(2, y+1, canvas.Cut(k.Message, c.W()-2), theme.Muted)
		return y + 2
	}
	return y + 1
}

func events(w *page.World, c canvas.Canvas, y int, p *state.Pod) int {
	var events []*state.Event
	for i := range w.Snap.Events {
		if e := &w.Snap.Events[i]; e.Kind == "Pod" && e.Name == p.Name {
			events = append(events, e)
		}
	}
	if len(events) == 0 {
		return y
	}
	return eventlist.Whole(c, heading(c, y, "events"), w.Now, events)
}
