package chain

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/eventlist"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawPane draws what is known of the chosen link: how it is, its pods, its numbers, its part of the newest traces, and
// what Kubernetes says of it. Each leaves room for those that follow.
func drawPane(w *page.World, c canvas.Canvas, it item) {
	if c.H() < 2 {
		return
	}
	c.Rule(0, fmt.Sprintf("link %d", it.Index), theme.Border, theme.Accent)
	c = c.Sub(1, 1, c.W()-2, c.H()-1)
	free := 0 // rows between two parts
	if c.H() > 12 {
		free = 1
	}
	y := paneSentence(c, it, w)
	y = panePods(c, it, w, y, max(c.H()/3, 2))
	y += free
	y = paneConditions(c, it, paneFacts(c, it, y, max((c.H()-y)/2, 1)))
	events := eventsOf(w, it, c.H())
	if y += free; y >= c.H() {
		return
	}
	rest := c.Rows(y, c.H()-y)
	if n := paneTraces(w, rest.Rows(0, rest.H()-min(len(events)+free, rest.H()/2)), it); n > 0 {
		y += n + free
	}
	eventlist.Fit(c, y, w.Now, events)
}

// shownTraces is how many of the newest traces the pane looks at.
const shownTraces = 8

// paneTraces are the link's part of the newest traces: a bar for each, as many as there is room for, or where that is
// little their numbers in one line. It returns how many rows they take.
func paneTraces(w *page.World, c canvas.Canvas, it item) int {
	rows := rowsOf(it.Service, w.Traffic.Recent)
	if len(rows) == 0 || c.H() < 1 {
		return 0
	}
	ink := func(r *traces.Row, well theme.Ink) theme.Ink {
		if r.Marks.Has(traces.Failed) {
			return theme.Fail
		}
		return well
	}
	c.Text(0, 0, "own time in the newest traces", theme.Muted)
	if c.H() < 3 {
		x := 29
		for _, r := range rows {
			text := units.Latency(time.Duration(r.Self) * time.Microsecond)
			if r.Marks.Has(traces.Failed) {
				text = "✗ " + text
			}
			if x+2+canvas.Width(text) > c.W() {
				break
			}
			x = c.Text(x+2, 0, text, ink(r, theme.Text))
		}
		return 1
	}
	rows = rows[:min(len(rows), c.H()-1)]
	longest := int64(1)
	for _, r := range rows {
		longest = max(longest, r.Self)
	}
	bar := min(max(c.W()-21, 4), 30)
	for i, r := range rows {
		c.Text(0, 1+i, time.UnixMicro(r.Start).UTC().Format("15:04:05.0"), theme.Faint)
		c.Text(12, 1+i, chart.Bar(float64(r.Self)/float64(longest), bar), ink(r, theme.Shade+theme.Ink(it.Index%theme.SeriesCount)))
		c.Right(12+bar+9, 1+i, units.Latency(time.Duration(r.Self)*time.Microsecond), ink(r, theme.Text))
	}
	return 1 + len(rows)
}

// rowsOf are a service's rows of the newest traces, the first of each.
func rowsOf(service string, recent []*traces.Trace) (rows []*traces.Row) {
	for _, t := range recent[:min(len(recent), shownTraces)] {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Service() == service {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
}

// paneSentence says in words how the link is, loudest first.
func paneSentence(c canvas.Canvas, it item, w *page.World) int {
	y := 0
	say := func(text string, ink theme.Ink) {
		for _, line := range canvas.Wrap(text, c.W()) {
			if y < max(c.H()/2, 1) {
				c.Text(0, y, line, ink)
				y++
			}
		}
	}
	if it.Status != state.Ready && it.Message != "" {
		text := it.look.Word
		if it.Reason != "" {
			text += " (" + it.Reason + ")"
		}
		if !it.Since.IsZero() {
			text += " for " + units.Span(w.Now.Sub(it.Since))
		}
		text += ": " + it.Message
		if more := halves(&it.Workload); more != "" {
			text += " (" + more + ")"
		}
		say(it.look.Symbol+" "+text, it.look.Ink)
	}
	if it.Why != "" {
		ink := theme.Muted
		if it.look.Loud() {
			ink = it.look.Ink
		}
		say(it.Why, ink)
	}
	if !it.Fault.IsZero() {
		hint := ""
		if k := w.KeyOf("fault"); k != "" && w.WhyNot("fault") == "" {
			hint = "  (" + k + " to change)"
		}
		say("fault in force: "+it.Fault.String()+hint, theme.Warn)
	}
	return y
}

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

func restartInk(n int32) theme.Ink {
	if n > 0 {
		return theme.Warn
	}
	return theme.Muted
}

// paneFacts are the link's numbers in a line or two, at most so many.
func paneFacts(c canvas.Canvas, it item, y, rows int) int {
	facts := []string{"image " + it.Image}
	if it.flowed {
		facts = append(facts,
			fmt.Sprintf("self %s", units.Latency(it.Self)),
			fmt.Sprintf("p50 %s", units.Latency(it.P50)),
			fmt.Sprintf("p95 %s", units.Latency(it.P95)),
			units.Rate(it.Rate)+" req/s",
			units.Percent(it.Errors)+" errors",
			fmt.Sprintf("in the last %d traces", it.Requests))
	}
	if it.HasService {
		facts = append(facts, units.Plural(it.Endpoints, "endpoint", "endpoints"))
	}
	x, last := 0, y+rows-1
	for _, f := range facts {
		if x > 0 && x+canvas.Width(f) > c.W() {
			if y == last {
				break
			}
			x, y = 0, y+1
		}
		x = c.Text(x, y, canvas.Cut(f, c.W()), theme.Muted) + 3
	}
	return y + 1
}

// paneConditions are the Deployment's, in a line; those that do not hold stand out.
func paneConditions(c canvas.Canvas, it item, y int) int {
	x := 0
	for _, k := range it.Conditions {
		ink := theme.Muted
		if k.Status != "True" {
			ink = theme.Warn
		}
		text := k.Type + " " + k.Status
		if k.Status != "True" && k.Reason != "" {
			text += " (" + k.Reason + ")"
		}
		if x > 0 && x+canvas.Width(text) > c.W() {
			x, y = 0, y+1
		}
		x = c.Text(x, y, canvas.Cut(text, c.W()), ink) + 3
	}
	if x > 0 {
		y++
	}
	return y
}

// eventsOf are the newest that are about the link, at most n.
func eventsOf(w *page.World, it item, n int) (events []*state.Event) {
	for i := range w.Snap.Events {
		if e := &w.Snap.Events[i]; e.Link == it.Index && len(events) < n {
			events = append(events, e)
		}
	}
	return events
}
