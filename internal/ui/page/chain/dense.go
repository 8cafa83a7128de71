package chain

import (
	"time"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawLines draws one line per link, from the head down to the tail, beginning with link offset.
func drawLines(c canvas.Canvas, all []item, chosen, offset int, top float64, glow func(int) bool, now time.Time) {
	cols := columnsOf(c.W(), all)
	header(c, cols)
	body := c.Rows(1, c.H()-1)
	for y := 0; y < body.H() && offset+y < len(all); y++ {
		i := offset + y
		row := body.Sub(0, y, c.W()-1, 1)
		if i == chosen {
			row.Ground(theme.Select)
		} else if glow(i) {
			row.Ground(theme.Glow)
		}
		row.Zone(i)
		line(row, all[i], cols, i == len(all)-1, top, now)
	}
	body.Scrollbar(offset, len(all))
}

// columns are where things begin in a line; 0 for what has no room.
type columns struct{ name, state, ready, bar, barW, self, p95, errors, spark, sparkW, note int }

func columnsOf(width int, all []item) columns {
	name := 0
	for i := range all {
		name = max(name, canvas.Width(shortName(all[i].Link)))
	}
	name = min(name, 30)
	k := columns{name: 3}
	k.state = k.name + name + 2
	k.ready = k.state + 14
	k.bar = k.ready + 9
	rest := width - k.bar - 2
	k.barW = min(max(rest/4, 6), 40)
	k.self = k.bar + k.barW + 9
	k.p95 = k.self + 10
	k.errors = k.p95 + 9
	x := k.errors + 2
	if width-x > 12 {
		k.spark, k.sparkW = x, min(max((width-x)/2, 8), 48)
		x += k.sparkW + 2
	}
	if width-x > 10 {
		k.note = x
	}
	return k
}

func header(c canvas.Canvas, k columns) {
	c.Text(k.name, 0, "link", theme.Muted)
	c.Text(k.state, 0, "state", theme.Muted)
	c.Right(k.ready+6, 0, "ready", theme.Muted)
	c.Text(k.bar, 0, "own time", theme.Muted)
	c.Right(k.p95, 0, "p95", theme.Muted)
	c.Right(k.errors, 0, "errors", theme.Muted)
	if k.spark > 0 {
		c.Text(k.spark, 0, "last minutes", theme.Muted)
	}
}

func line(c canvas.Canvas, it item, k columns, last bool, top float64, now time.Time) {
	joint := "│"
	if last {
		joint = "╵"
	}
	c.Text(1, 0, joint, theme.Border)
	ink := theme.Text
	if it.look.Ink == theme.Muted {
		ink = theme.Muted
	}
	c.Text(k.name, 0, canvas.Middle(shortName(it.Link), k.state-k.name-2), ink)
	c.Text(k.state, 0, it.look.Symbol, it.look.Ink)
	word := ink
	if it.look.Loud() {
		word = it.look.Ink | theme.Bold
	}
	c.Text(k.state+2, 0, it.look.Word, word)
	c.Right(k.ready+6, 0, readiness(&it.Workload), theme.Muted)
	if it.flowed {
		c.Text(k.bar, 0, chart.Bar(float64(it.Self)/1e6/max(top, 1e-6), k.barW), barInk(it))
		c.Right(k.self-1, 0, units.Latency(it.Self), word)
		c.Right(k.p95, 0, units.Latency(it.P95), theme.Muted)
		failed := theme.Muted
		if it.Origin {
			failed = theme.Fail | theme.Bold
		}
		c.Right(k.errors, 0, units.Percent(it.Errors), failed)
		if k.spark > 0 {
			c.Text(k.spark, 0, chart.Spark(it.Series, k.sparkW, top), sparkInk(it))
		}
	}
	note(c, it, k, now)
}

// note is the reason when the link is not well, or its fault.
func note(c canvas.Canvas, it item, k columns, now time.Time) {
	text, ink := "", theme.Muted
	switch {
	case it.look.Loud() && it.Message != "":
		text = it.Message
		if !it.Since.IsZero() {
			text += ", " + units.Span(now.Sub(it.Since))
		}
	case !it.Fault.IsZero():
		text, ink = "fault "+Fault(it.Fault), theme.Warn
	}
	switch {
	case text == "":
	case k.note > 0:
		c.Text(k.note, 0, canvas.Cut(text, c.W()-k.note-1), ink)
	case !it.flowed:
		c.Text(k.bar, 0, canvas.Cut(text, c.W()-k.bar-1), ink)
	}
}

func barInk(it item) theme.Ink {
	if it.look.Loud() {
		return it.look.Ink
	}
	return theme.Faint
}
