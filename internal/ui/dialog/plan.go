package dialog

import (
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

func (d *Ask) planHeight(w int) int {
	h := 2 + len(d.plan.Lines)
	for _, line := range d.plan.Lines {
		h += len(canvas.Wrap(line.Text, w-12)) - 1
	}
	if len(d.resized()) > 0 {
		h++
	}
	return h
}

// drawPlan says what the action would do.
func (d *Ask) drawPlan(c canvas.Canvas) {
	if d.plan.Nothing {
		c.Text(0, 0, "Nothing would change: the chain is as you ask already.", theme.Text)
		return
	}
	c.Text(0, 0, canvas.Cut(sanitise.Line(d.plan.Title), c.W()), theme.Text|theme.Bold)
	y := 2
	if parts := d.resized(); len(parts) > 0 {
		drawParts(c.Rows(1, 1), parts)
		y++
	}
	for _, line := range d.plan.Lines {
		c.Text(0, y, canvas.Cut(line.Label, 11), labelInk(line.Label))
		for _, text := range canvas.Wrap(sanitise.Line(line.Text), c.W()-12) {
			c.Text(12, y, text, theme.Text)
			y++
		}
	}
}

// planText is the plan, or why there is none, as text to copy.
func (d *Ask) planText() string {
	if d.err != nil {
		return d.err.Error()
	}
	lines := []string{d.plan.Title}
	for _, line := range d.plan.Lines {
		lines = append(lines, line.Label+": "+line.Text)
	}
	return strings.Join(lines, "\n")
}

func labelInk(label string) theme.Ink {
	switch strings.TrimSuffix(label, ":") {
	case "new", "added":
		return theme.OK
	case "removed", "deleted", "conflict":
		return theme.Fail
	case "changed", "restarted":
		return theme.Warn
	}
	return theme.Muted
}

// part is one link in the picture of a resize.
type part struct {
	text string
	ink  theme.Ink
}

// resized is the picture of what a resize adds or takes away; nothing for other actions and unchanged lengths.
func (d *Ask) resized() []part {
	if d.action.ID != "resize" {
		return nil
	}
	have := len(d.scene.Snapshot.Links)
	var want int
	for _, text := range d.args() {
		if n, err := strconv.Atoi(text); err == nil {
			want = n
		}
	}
	if want < 1 || want == have || want > 10_000 {
		return nil
	}
	var parts []part
	for i := range max(have, want) {
		switch {
		case i >= have:
			parts = append(parts, part{"+" + strconv.Itoa(i), theme.OK | theme.Bold})
		case i >= want:
			parts = append(parts, part{"−" + strconv.Itoa(i), theme.Fail | theme.Bold})
		default:
			parts = append(parts, part{strconv.Itoa(i), theme.Muted})
		}
	}
	return parts
}

// drawParts draws the links in a row; where they don't fit, the first ones give way.
func drawParts(c canvas.Canvas, parts []part) {
	width := -1
	from := len(parts)
	for from > 0 && width+len(parts[from-1].text)+1 <= c.W()-2 {
		from--
		width += canvas.Width(parts[from].text) + 1
	}
	x := 0
	if from > 0 {
		x = c.Text(0, 0, "… ", theme.Muted)
	}
	for _, p := range parts[from:] {
		x = c.Text(x, 0, p.text, p.ink) + 1
	}
}
