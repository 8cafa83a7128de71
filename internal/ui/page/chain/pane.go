package chain

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
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
