package chain

import (
	"fmt"
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

// drawPane draws what is known of the chosen link.
func drawPane(w *page.World, c canvas.Canvas, it item) {
	if c.H() < 2 {
		return
	}
	c.Rule(0, fmt.Sprintf("link %d", it.Index), theme.Border, theme.Accent)
	c = c.Sub(1, 1, c.W()-2, c.H()-1)
	y := paneSentence(c, it, w)
	y = panePods(c, it, w, y)
	if c.H()-y < 3 {
		return
	}
	y = paneConditions(c, it, paneFacts(c, it, y+1))
	if c.H()-y > 14 {
		y = paneTraces(w, c, it, y+1)
	}
	paneEvents(w, c, it, y+1)
}

// shownTraces is how many of the newest traces the pane looks at.
const shownTraces = 8

// paneTraces are the link's part of the newest traces.
func paneTraces(w *page.World, c canvas.Canvas, it item, y int) int {
	var rows []*traces.Row
	longest := int64(1)
	for _, t := range w.Traffic.Recent[:min(len(w.Traffic.Recent), shownTraces)] {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Service() == it.Service {
				rows = append(rows, r)
				longest = max(longest, r.Self)
				break
			}
		}
	}
	if len(rows) == 0 {
		return y
	}
	c.Text(0, y, "own time in the newest traces", theme.Muted)
	for i, r := range rows {
		ink := theme.Shade + theme.Ink(it.Index%theme.SeriesCount)
		if r.Marks.Has(traces.Failed) {
			ink = theme.Fail
		}
		c.Text(0, y+1+i, time.UnixMicro(r.Start).UTC().Format("15:04:05.0"), theme.Faint)
		c.Text(12, y+1+i, chart.Bar(float64(r.Self)/float64(longest), max(c.W()-24, 4)), ink)
		c.Right(c.W(), y+1+i, units.Latency(time.Duration(r.Self)*time.Microsecond), theme.Text)
	}
	return y + 2 + len(rows)
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
		say(it.look.Symbol+" "+text+": "+it.Message, it.look.Ink)
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
		if k := w.KeyOf("fault"); k != "" {
			hint = "  (" + k + " to change)"
		}
		say("fault in force: "+it.Fault.String()+hint, theme.Warn)
	}
	return y
}

func panePods(c canvas.Canvas, it item, w *page.World, y int) int {
	wide := c.W() >= 76
	for i := range it.Pods {
		if left := len(it.Pods) - i; y >= c.H()-1 && left > 1 {
			c.Text(0, y, fmt.Sprintf("and %d more pods", left), theme.Muted)
			return y + 1
		}
		pod := &it.Pods[i]
		ink := theme.OfPod(pod).Ink
		c.Right(c.W(), y, units.Age(w.Now, pod.Created), theme.Muted)
		x := c.Text(0, y, canvas.Pad(canvas.Middle(pod.Name, min(c.W()/2, 40)), min(c.W()/2, 40)), theme.Text)
		x = c.Text(x+2, y, canvas.Pad(pod.State, 12), ink)
		if wide {
			x = c.Text(x+1, y, canvas.Pad(units.Plural(pod.Restarts, "restart", "restarts"), 12), restartInk(pod.Restarts))
			x = c.Text(x+1, y, canvas.Pad(pod.IP, 15), theme.Muted)
			c.Text(x+1, y, canvas.Cut(pod.Node, max(c.W()-x-6, 0)), theme.Muted)
		}
		y++
	}
	return y
}

func restartInk(n int32) theme.Ink {
	if n > 0 {
		return theme.Warn
	}
	return theme.Muted
}

// paneFacts are the link's numbers in a line or two.
func paneFacts(c canvas.Canvas, it item, y int) int {
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
	x := 0
	for _, f := range facts {
		if x > 0 && x+canvas.Width(f) > c.W() {
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

func paneEvents(w *page.World, c canvas.Canvas, it item, y int) {
	var events []*state.Event
	for i := range w.Snap.Events {
		if e := &w.Snap.Events[i]; e.Link == it.Index && len(events) < c.H() {
			events = append(events, e)
		}
	}
	eventlist.Fit(c, y, w.Now, events)
}
