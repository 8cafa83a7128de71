package logs

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// Draw draws the lines on screen, and how they are being read above them.
func (p *Page) Draw(w *page.World, c canvas.Canvas) {
	absent := p.absent(w)
	why := ""
	if absent == "" {
		why = p.whyMissing(w)
	}
	p.drawStatus(c.Rows(0, 1), absent, why)
	body := p.drawMissing(c.Rows(1, c.H()-1), why)
	p.height = body.H()
	n := len(p.buffer.shown)
	if n == 0 {
		p.drawNothing(w, body, absent)
		return
	}
	p.cursor = min(max(p.cursor, 0), n-1)
	rows := p.window(body.W()-2, body.H())
	for y, r := range rows {
		line := body.Sub(0, y, body.W()-1, 1)
		if r.entry == p.cursor && !p.follow {
			line.Ground(theme.Select)
		}
		line.Zone(table.Zone(r.entry))
		p.drawLine(line, r)
	}
	body.Scrollbar(p.top, n)
}

// absent says that what is read is not there any more; empty while it is.
func (p *Page) absent(w *page.World) string {
	switch {
	case w.Snap.Conn.Phase != state.Live:
	case p.pod != "":
		for pod := range w.Snap.Pods() {
			if pod.Name == p.pod {
				return ""
			}
		}
		return "pod " + p.pod + " is gone"
	case p.link >= len(w.Snap.Links):
		return fmt.Sprintf("link %d is not in the chain", p.link)
	}
	return ""
}

// drawNothing says why there are no lines.
func (p *Page) drawNothing(w *page.World, c canvas.Canvas, absent string) {
	say := func(text, key, what string) {
		c.Center(c.H()/3, text, theme.Muted)
		if k := w.KeyOf(key); k != "" {
			c.Center(c.H()/3+1, k+what, theme.Faint)
		}
	}
	switch hidden := p.buffer.hidden(); {
	case p.err != "":
		for y, line := range canvas.Wrap("✗ "+p.err, c.W()-4) {
			c.Text(2, 1+y, line, theme.Fail)
		}
	case hidden > 0:
		say(units.Plural(hidden, "line", "lines")+" hidden by the level", "logs.level", " shows others")
	case absent != "":
		say(canvas.Cut(absent+", and its log with it", c.W()-2), "logs.link", " goes on to the links' logs")
	case p.ended && p.previous:
		say("no container was restarted: there is no log from before", "logs.previous", " goes back to those that run")
	case p.ended:
		c.Center(c.H()/3, "no lines", theme.Muted)
	default:
		c.Center(c.H()/3, "waiting for lines…", theme.Muted)
	}
}

func (p *Page) drawStatus(c canvas.Canvas, absent, why string) {
	x := 1
	say := func(text string, ink theme.Ink) { x = c.Text(x, 0, text, ink) + 3 }
	switch {
	case absent != "":
		say("■ "+canvas.Middle(absent, 40), theme.Warn)
	case p.ended:
		say("■ ended", theme.Muted)
	case p.halted:
		say("‖ stopped reading here, f goes to the newest", theme.Warn)
	case p.follow:
		say("● following", theme.OK)
	default:
		say("‖ standing still, f follows", theme.Warn)
	}
	if p.missing && why == "" && len(p.buffer.all) > 0 {
		say("no line has "+canvas.Cut(p.search, 24), theme.Warn)
	}
	say(levelNames[p.buffer.least], theme.Muted)
	say(units.Plural(len(p.buffer.shown), "line", "lines"), theme.Muted)
	if n := p.buffer.hidden(); n > 0 {
		say(units.Plural(n, "line", "lines")+" hidden by the level", theme.Muted)
	}
	if p.buffer.gone > 0 {
		say(units.Count(p.buffer.gone)+" older lines are gone", theme.Warn)
	}
	if p.err != "" && len(p.buffer.shown) > 0 {
		say("✗ "+p.err, theme.Fail)
	}
}

// row is one row of the screen: a line, or a part of one that is wrapped.
type row struct {
	entry int
	part  int
	text  string
}

// window is the rows on screen, so that the cursor is among them.
func (p *Page) window(width, height int) []row {
	p.top = min(max(p.top, 0), p.cursor)
	if p.cursor-p.top >= height {
		p.top = p.cursor - height + 1
	}
	for {
		rows, seen := p.fill(width, height)
		if seen || p.top >= p.cursor {
			for len(rows) < height && p.top > 0 && !p.wrap { // room left at the end: show more before
				p.top--
				rows, _ = p.fill(width, height)
			}
			return rows
		}
		p.top++
	}
}

// fill makes rows from the top on, and tells whether the cursor's line is there as a whole.
func (p *Page) fill(width, height int) (rows []row, seen bool) {
	for n := p.top; n < len(p.buffer.shown) && len(rows) < height; n++ {
		text := p.text(p.buffer.at(n))
		parts := []string{text}
		if room := width - p.indent(); p.wrap && canvas.Width(text) > room && room > 20 {
			parts = canvas.Wrap(text, room)
		}
		for i, part := range parts {
			rows = append(rows, row{n, i, part})
		}
		seen = seen || n == p.cursor && len(rows) <= height
	}
	return rows[:min(len(rows), height)], seen
}

// text is the line as it is shown.
func (p *Page) text(e *logline.Line) string {
	if p.raw && !e.Gap {
		return e.Raw
	}
	switch rest := e.Rest(); {
	case rest == "":
		return e.Text
	case e.Text == "":
		return rest
	default:
		return e.Text + "  " + rest
	}
}

// indent is the columns before a line's text: time, link, level.
func (p *Page) indent() int {
	x := 1
	if p.times {
		x += 14
	}
	if p.link < 0 {
		x += 5
	}
	if !p.raw {
		x += 6
	}
	return x
}

func (p *Page) drawLine(c canvas.Canvas, r row) {
	e := p.buffer.at(r.entry)
	x := p.indent()
	if r.part == 0 {
		p.drawHead(c, e)
	}
	text := canvas.Cut(r.text, c.W()-x)
	c.Text(x, 0, text, e.Ink())
	if n := len(e.Text); !p.raw && e.Rest() != "" && r.part == 0 && n < len(text) {
		c.Sub(x+canvas.Width(e.Text), 0, c.W(), 1).Tint(theme.Muted)
	}
	if e.Trace != "" {
		what := e.Mark()
		if p.raw {
			what = e.Trace
		}
		p.mark(c, x, text, what, theme.Accent|theme.Underline, traceZone(e.Trace))
	}
	found := theme.Text | theme.Mark
	p.mark(c, x, text, p.search, found, nil)
	if p.search != "" && !p.raw && e.Of(p.search) {
		p.mark(c, x, text, e.Mark(), found, nil)
	}
}

func (p *Page) drawHead(c canvas.Canvas, e *logline.Line) {
	x := 1
	if p.times {
		c.Text(x, 0, e.At.UTC().Format("15:04:05.000"), theme.Faint)
		x += 14
	}
	if p.link < 0 {
		label := "·"
		if e.Link >= 0 {
			label = fmt.Sprint(e.Link)
		}
		c.Right(x+3, 0, label, theme.Of(e.Link)|theme.Bold)
		x += 5
	}
	if !p.raw {
		word, ink := e.Level.Word()
		c.Text(x, 0, word, ink)
	}
}

// mark draws every occurrence of what in another ink.
func (p *Page) mark(c canvas.Canvas, x int, text, what string, ink theme.Ink, zone any) {
	if what == "" {
		return
	}
	lower, what := strings.ToLower(text), strings.ToLower(what)
	if len(lower) != len(text) {
		return
	}
	for at := 0; ; {
		i := strings.Index(lower[at:], what)
		if i < 0 {
			return
		}
		at += i
		found := c.Sub(x+canvas.Width(text[:at]), 0, canvas.Width(text[at:at+len(what)]), 1)
		found.Tint(ink)
		if ink.Ground() != 0 {
			found.Ground(ink.Ground())
		}
		if zone != nil {
			found.Zone(zone)
		}
		at += len(what)
	}
}
