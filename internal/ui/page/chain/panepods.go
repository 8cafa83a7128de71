package chain

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// panePods are the link's pods, in at most so many rows: those that are not ready first where not all find room.
func panePods(c canvas.Canvas, it item, w *page.World, y, rows int) int {
	pods := make([]*state.Pod, len(it.Pods))
	for i := range it.Pods {
		pods[i] = &it.Pods[i]
	}
	rest := 0
	if len(pods) > rows {
		slices.SortStableFunc(pods, func(a, b *state.Pod) int { return cmp.Compare(rank(a), rank(b)) })
		rest = len(pods) - (rows - 1)
		pods = pods[:rows-1]
	}
	k := podColumns(c.W(), pods)
	for _, pod := range pods {
		c.Right(c.W(), y, units.Age(w.Now, pod.Created), theme.Muted)
		put := func(k column, text string, ink theme.Ink) {
			if k.w > 0 {
				c.Text(k.x, y, canvas.Middle(text, k.w), ink)
			}
		}
		put(k.name, pod.Name, theme.Text)
		put(k.state, pod.State, theme.OfPod(pod).Ink)
		put(k.restarts, restarts(pod), restartInk(pod.Restarts))
		put(k.ip, pod.IP, theme.Muted)
		put(k.node, pod.Node, theme.Muted)
		y++
	}
	if rest > 0 {
		c.Text(0, y, fmt.Sprintf("and %s, %s", units.Plural(rest, "more pod", "more pods"), readyAmong(it.Pods)), theme.Muted)
		y++
	}
	return y
}

func rank(p *state.Pod) int {
	if p.Ready {
		return 1
	}
	return 0
}

// readyAmong is how many of all pods are ready, in words.
func readyAmong(pods []state.Pod) string {
	n := 0
	for i := range pods {
		n += rank(&pods[i])
	}
	return fmt.Sprintf("%s of %s ready", units.Count(n), units.Count(len(pods)))
}

func restarts(p *state.Pod) string { return units.Plural(p.Restarts, "restart", "restarts") }

// podLine is where things stand in a pod's line; the age is at its end.
type podLine struct{ name, state, restarts, ip, node column }

// podColumns gives names and states what they need, and the others what is left, as long as names can be told apart.
func podColumns(width int, pods []*state.Pod) podLine {
	const age, leastName = 5, 24
	var k, want podLine
	for _, p := range pods {
		want.name.w = max(want.name.w, canvas.Width(p.Name))
		k.state.w = max(k.state.w, canvas.Width(p.State))
		want.restarts.w = max(want.restarts.w, canvas.Width(restarts(p)))
		want.ip.w = max(want.ip.w, canvas.Width(p.IP))
		want.node.w = max(want.node.w, min(canvas.Width(p.Node), 20))
	}
	left := width - age - k.state.w - space
	take := func(c *column, w int) {
		if w > 0 && left-w-space >= min(want.name.w, leastName) {
			c.w = w
			left -= w + space
		}
	}
	take(&k.restarts, want.restarts.w)
	take(&k.node, want.node.w)
	take(&k.ip, want.ip.w)
	k.name.w = max(min(want.name.w, left), 0)
	x := 0
	for _, c := range []*column{&k.name, &k.state, &k.restarts, &k.ip, &k.node} {
		c.x = x
		if c.w > 0 {
			x += c.w + space
		}
	}
	return k
}
