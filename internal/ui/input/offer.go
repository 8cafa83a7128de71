package input

import (
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// offerZone is a text that is offered to the field with the focus.
type offerZone string

// offered are the texts that complete what stands in the field: those that begin so, then those that have it in them.
// Nothing completes what is one of them.
func (d *field) offered() []string {
	if d.param.Offers == nil {
		return nil
	}
	text := strings.ToLower(strings.TrimSpace(d.line.Text()))
	var begin, in []string
	for _, name := range d.param.Offers() {
		name = sanitise.Line(name)
		switch at := strings.Index(strings.ToLower(name), text); {
		case strings.EqualFold(name, text):
			return nil
		case at == 0:
			begin = append(begin, name)
		case at > 0:
			in = append(in, name)
		}
	}
	return append(begin, in...)
}

// complete takes the first text that is offered, and tells whether there was one.
func (d *field) complete() bool {
	offered := d.offered()
	if len(offered) == 0 {
		return false
	}
	d.line.Set(offered[0])
	return true
}

// drawOffered draws as many of the texts as fit, the one first that the key takes.
func (d *field) drawOffered(c canvas.Canvas) {
	ink, x := theme.Text, 2
	for i, name := range d.offered() {
		if i == 0 {
			c.Text(0, 0, "→", theme.Accent)
		} else if x+canvas.Width(name) > c.W() {
			c.Text(x, 0, "…", theme.Muted)
			return
		}
		name = canvas.Cut(name, c.W()-x)
		c.Sub(x, 0, canvas.Width(name), 1).Zone(offerZone(name))
		x = c.Text(x, 0, name, ink) + 2
		ink = theme.Muted
	}
}
