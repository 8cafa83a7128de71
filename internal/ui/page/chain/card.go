package chain

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// roomyCard is how wide a low card is that says more than the most needed.
const roomyCard = 26

// drawCard draws one link. Healthy cards are quiet; the frame of one that is not well takes the colour of its state.
func drawCard(c canvas.Canvas, it item, chosen, glow bool, top float64, now time.Time) {
	frame, title := theme.Border, theme.Text
	if it.look.Loud() {
		frame = it.look.Ink
	}
	if it.Idle {
		title = theme.Muted
	}
	draw := c.Box
	if chosen {
		draw, title = c.Heavy, theme.Text|theme.Bold
		if !it.look.Loud() {
			frame, title = theme.Accent, theme.Accent|theme.Bold
		}
	}
	name := shortName(it.Link)
	in := draw(name, frame, title)
	if c.H() < tallCard && c.W() >= roomyCard {
		corners(c, it, 4+canvas.Width(name))
	}
	if glow {
		c.Inset(1, 1).Ground(theme.Glow)
	}
	statusLine(in, it)
	if it.Status == state.Ready {
		numbers(in, it, top)
	} else {
		troubles(in, it, now)
	}
	if !it.Fault.IsZero() {
		c.Foot("fault "+Fault(it.Fault), theme.Warn)
	} else if it.Restarts > 0 && c.H() < tallCard {
		c.Foot(units.Plural(it.Restarts, "restart", "restarts"), theme.Muted)
	}
}

// corners are what a low card says in its frame, where there is room beside its name, which ends at column x.
func corners(c canvas.Canvas, it item, x int) {
	if tag := " " + Tag(it.Image) + " "; c.H() < midCard && it.Image != "" && c.W()-2-canvas.Width(tag) > x {
		c.Right(c.W()-2, 0, tag, theme.Muted)
	}
	foot := 2
	if !it.Fault.IsZero() {
		foot += 9 + canvas.Width(Fault(it.Fault))
	} else if it.Restarts > 0 {
		foot += 2 + canvas.Width(units.Plural(it.Restarts, "restart", "restarts"))
	}
	if rate := " " + units.Rate(it.Rate) + " req/s "; it.flowed && it.Status == state.Ready && c.W()-2-canvas.Width(rate) > foot {
		c.Right(c.W()-2, c.H()-1, rate, theme.Muted)
	}
}

func statusLine(c canvas.Canvas, it item) {
	ink := it.look.Ink
	if !it.look.Loud() && it.look.Ink == theme.OK {
		ink = theme.OK
	}
	word := theme.Text
	if it.look.Loud() {
		word = ink | theme.Bold
	} else if it.look.Ink == theme.Muted {
		word = theme.Muted
	}
	x := c.Text(0, 0, it.look.Symbol+" ", ink)
	x = c.Text(x, 0, it.look.Word, word)
	if s := readiness(&it.Workload); canvas.Width(s)+x < c.W() {
		c.Right(c.W(), 0, s, theme.Muted)
	}
}

func readiness(w *state.Workload) string { return fmt.Sprintf("%d/%d", w.ReadyPods, w.Desired) }

// numbers are what a healthy link's requests show.
func numbers(c canvas.Canvas, it item, top float64) {
	tall := c.H() >= tallCard-2
	y := 1
	if c.H() >= midCard-2 {
		x := c.Text(0, y, canvas.Cut(Tag(it.Image), c.W()), theme.Muted)
		inFoot := !tall && it.Fault.IsZero()
		if s := units.Plural(it.Restarts, "restart", "restarts"); it.Restarts > 0 && !inFoot && x+2+len(s) <= c.W() {
			c.Right(c.W(), y, s, theme.Warn)
		}
		y++
	}
	if !it.flowed {
		c.Text(0, y, "no traffic", theme.Faint)
		return
	}
	loud := theme.Text
	if it.Slow {
		loud = theme.Warn | theme.Bold
	}
	if it.Errors > 0 && !tall {
		failures(c, y, it)
	} else if label := "self " + units.Latency(it.Self); !tall && c.W() >= roomyCard-4 {
		pair(c, y, "", "p95 "+units.Latency(it.P95), theme.Muted)
		c.Text(0, y, label, loud)
	} else {
		pair(c, y, "self", units.Latency(it.Self), loud)
	}
	y++
	if tall {
		quantiles(c, y, it)
		y++
		failures(c, y, it)
		y++
	}
	c.Text(0, y, chart.Spark(it.Series, c.W(), top), sparkInk(it))
}

// quantiles are both in cards that have room for any two values, so that none comes and goes as the other grows.
func quantiles(c canvas.Canvas, y int, it item) {
	label, value := "p50 "+units.Latency(it.P50), "p95 "+units.Latency(it.P95)
	if c.W() < 2*len("p50 0.04 ms")+1 {
		label, value = "p95", units.Latency(it.P95)
	}
	pair(c, y, label, value, theme.Muted)
}

func failures(c canvas.Canvas, y int, it item) {
	switch {
	case it.Origin:
		pair(c, y, "✗ "+units.Percent(it.Errors), "fail here", theme.Fail|theme.Bold)
	case it.Errors > 0:
		pair(c, y, units.Percent(it.Errors), "passed on", theme.Muted)
	default:
		pair(c, y, units.Rate(it.Rate)+" req/s", "0.0 % err", theme.Muted)
	}
}

func sparkInk(it item) theme.Ink {
	if it.look.Loud() {
		return it.look.Ink
	}
	return theme.Of(it.Index)
}

func pair(c canvas.Canvas, y int, label, value string, ink theme.Ink) {
	c.Text(0, y, label, theme.Muted)
	if ink.Token() == theme.Fail {
		c.Text(0, y, label, ink)
	}
	if canvas.Width(label)+canvas.Width(value) < c.W() {
		c.Right(c.W(), y, value, ink)
	}
}

// solid is a space at which no line is broken: between a number and its unit.
const solid = "\u00a0"

// troubles says what a link that is not ready waits for.
func troubles(c canvas.Canvas, it item, now time.Time) {
	y, ink := 1, theme.Text
	if it.look.Ink == theme.Muted {
		ink = theme.Muted
	}
	if text := halves(&it.Workload); text != "" && c.H() > 3 {
		c.Text(0, y, text, theme.Muted)
		y++
	}
	if it.Reason != "" && it.look.Loud() {
		c.Text(0, y, canvas.Cut(it.Reason, c.W()), it.look.Ink)
		y++
	}
	text := cmp.Or(it.Message, it.Reason)
	if !it.Since.IsZero() && text != "" && it.Status != state.ScaledToZero {
		text += ", " + strings.ReplaceAll(units.Span(now.Sub(it.Since)), " ", solid)
	}
	lines := canvas.Wrap(text, c.W())
	for i, line := range lines {
		line = strings.ReplaceAll(line, solid, " ")
		if y == c.H()-1 && i < len(lines)-1 {
			c.Text(0, y, canvas.Cut(line+"…", c.W()), ink)
			return
		}
		c.Text(0, y, canvas.Cut(line, c.W()), ink)
		y++
	}
}

// halves tells of a rollout how many pods are new, and how many old; empty where there is none to tell.
func halves(w *state.Workload) string {
	if w.Status != state.InProgress || w.Replicas <= w.Updated {
		return ""
	}
	return fmt.Sprintf("%d new, %d old", w.Updated, w.Replicas-w.Updated)
}

// shortName is what a link is called on screen: chain-link-3 for chain-link-service-3.
func shortName(l *state.Link) string {
	if i, ok := chain.Index(l.Service); ok && i == l.Index {
		return chain.InstanceName(i)
	}
	return fmt.Sprintf("%d %s", l.Index, l.Service)
}

// Tag is the part of an image that tells versions apart: its tag, or else the beginning of its digest, as long as
// container tools write it; of both a part of the digest.
func Tag(image string) string {
	name, digest, _ := strings.Cut(image, "@")
	_, digest, _ = strings.Cut(digest, ":")
	tag := ""
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		tag = name[i+1:]
	}
	switch {
	case digest == "":
		return cmp.Or(tag, "latest")
	case tag == "":
		return digest[:min(len(digest), 12)]
	}
	return tag + "@" + digest[:min(len(digest), 7)]
}

// Fault is a fault in a few cells: "+150 ms", "30 % 503".
func Fault(f chain.Fault) string {
	var words []string
	if f.Latency != 0 {
		words = append(words, "+"+units.Latency(time.Duration(f.Latency)))
	}
	if f.P50 != 0 || f.P90 != 0 || f.P99 != 0 {
		words = append(words, "+p50 "+units.Latency(time.Duration(f.P50)))
	}
	if f.SleepRate > 0 {
		words = append(words, fmt.Sprintf("sleep %s", units.Latency(time.Duration(f.Sleep))))
	}
	if f.ErrorRate > 0 {
		words = append(words, fmt.Sprintf("%s %d", units.Percent(f.ErrorRate), f.ErrorStatus()))
	}
	return strings.Join(words, ", ")
}
