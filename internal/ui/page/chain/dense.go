package chain

import (
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// marks are what stands out among links.
type marks struct {
	chosen int
	glow   func(i int) bool // has just changed
	found  func(i int) bool // is what is looked for
}

// drawLines draws one line per link, from the head down to the tail, beginning with link offset.
func drawLines(c canvas.Canvas, all []item, m marks, offset int, top float64, now time.Time) {
	cols := columnsOf(c.W(), all)
	header(c, cols)
	body := c.Rows(1, c.H()-1)
	for y := 0; y < body.H() && offset+y < len(all); y++ {
		i := offset + y
		row := body.Sub(0, y, c.W()-1, 1)
		if i == m.chosen {
			row.Ground(theme.Select)
		} else if m.glow(i) {
			row.Ground(theme.Glow)
		}
		row.Zone(i)
		line(row, all[i], cols, i == len(all)-1, top, now)
		if m.found(i) {
			row.Sub(cols.name.x, 0, canvas.Width(shortName(all[i].Link)), 1).Ground(theme.Mark)
		}
	}
	body.Scrollbar(offset, len(all))
}

func header(c canvas.Canvas, k columns) {
	left := func(k column, title string) {
		if k.w > 0 {
			c.Text(k.x, 0, canvas.Cut(title, k.w), theme.Muted)
		}
	}
	right := func(k column, title string) {
		if k.w > 0 {
			c.Right(k.end(), 0, title, theme.Muted)
		}
	}
	left(k.name, "link")
	left(k.state, "state")
	right(k.ready, "ready")
	right(k.restarts, "restarts")
	left(k.image, "image")
	left(column{k.bar.x, k.self.end() - k.bar.x}, "own time")
	right(k.p50, "p50")
	right(k.p95, "p95")
	right(k.rate, "req/s")
	right(k.errors, "errors")
	if title := "last minutes"; k.spark.w >= len(title) {
		left(k.spark, title)
	} else {
		left(k.spark, "trend")
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
	c.Text(k.name.x, 0, canvas.Middle(shortName(it.Link), k.name.w), ink)
	word := ink
	if it.look.Loud() {
		word = it.look.Ink | theme.Bold
	}
	c.Text(k.state.x, 0, it.look.Symbol, it.look.Ink)
	c.Text(k.state.x+2, 0, canvas.Cut(it.look.Word, k.state.w-2), word)
	right := func(k column, text string, ink theme.Ink) {
		if k.w > 0 {
			c.Right(k.end(), 0, text, ink)
		}
	}
	right(k.ready, readiness(&it.Workload), theme.Muted)
	right(k.restarts, units.Count(it.Restarts), restartInk(it.Restarts))
	if k.image.w > 0 {
		c.Text(k.image.x, 0, canvas.Middle(Tag(it.Image), k.image.w), theme.Muted)
	}
	text, noted := note(it, now)
	// Where notes have no column, that of a link that is not ready has the place of its numbers.
	if it.flowed && (k.note.w > 0 || it.Status == state.Ready || text == "") {
		c.Sub(k.bar.x, 0, k.bar.w, 1).Track()
		c.Sub(k.spark.x, 0, k.spark.w, 1).Track()
		c.Text(k.bar.x, 0, chart.Low(float64(it.Self)/1e6/max(top, 1e-6), k.bar.w), barInk(it))
		right(k.self, units.Latency(it.Self), word)
		right(k.p50, units.Latency(it.P50), theme.Muted)
		right(k.p95, units.Latency(it.P95), theme.Muted)
		right(k.rate, units.Rate(it.Rate), theme.Muted)
		failed := theme.Muted
		if it.Origin {
			failed = theme.Fail | theme.Bold
		}
		right(k.errors, units.Percent(it.Errors), failed)
		c.Text(k.spark.x, 0, chart.Spark(it.Series, k.spark.w, top), sparkInk(it))
		if k.note.w > 0 {
			c.Text(k.note.x, 0, canvas.Cut(text, c.W()-k.note.x-1), noted)
		}
		return
	}
	c.Text(k.bar.x, 0, canvas.Cut(text, c.W()-k.bar.x-1), noted)
}

// note is what a link that is not well, or rolls, waits for; or else its fault.
func note(it item, now time.Time) (string, theme.Ink) {
	switch {
	case it.Status == state.InProgress || it.look.Loud() && it.Message != "":
		text := it.Message
		if more := halves(&it.Workload); more != "" {
			text = more + ": " + text
		}
		if !it.Since.IsZero() {
			text += ", " + units.Span(now.Sub(it.Since))
		}
		return text, theme.Muted
	case !it.Fault.IsZero():
		return "fault " + Fault(it.Fault), theme.Warn
	}
	return "", theme.Muted
}

func barInk(it item) theme.Ink {
	if it.look.Loud() {
		return it.look.Ink
	}
	return theme.Faint
}
