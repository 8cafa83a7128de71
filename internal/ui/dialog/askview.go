package dialog

import (
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Size grows with what there is to say.
func (d *Ask) Size(maxW, maxH int) (int, int) {
	w := min(maxW, 64)
	switch d.stage {
	case filling:
		h := d.form.Height() + len(canvas.Wrap(d.action.Help, w)) + 1
		if d.err != nil {
			h += 1 + len(d.errorLines(w))
		}
		return w, min(h+d.previewHeight(), maxH)
	case diffing:
		return maxW, maxH
	case asking:
		if d.err != nil {
			return w, min(1+len(d.errorLines(w)), maxH)
		}
		return w, min(d.planHeight(w), maxH)
	}
	return w, 2
}

// Draw draws the stage.
func (d *Ask) Draw(w *page.World, c canvas.Canvas) {
	switch d.stage {
	case filling:
		y := 0
		for _, line := range canvas.Wrap(d.action.Help, c.W()) {
			c.Text(0, y, line, theme.Muted)
			y++
		}
		y++
		d.form.Draw(c.Sub(0, y, c.W(), d.form.Height()))
		y += d.form.Height()
		y += d.drawPreview(w, c.Rows(y, d.previewHeight()))
		d.drawError(c.Rows(y+1, c.H()-y-1))
	case planning:
		c.Text(0, 0, "asking the API server what would change…", theme.Muted)
	case asking:
		if d.err != nil {
			d.drawError(c)
			return
		}
		d.drawPlan(c)
	case diffing:
		d.diff.draw(c, diffLine)
	}
}

func (d *Ask) drawError(c canvas.Canvas) {
	if d.err == nil {
		return
	}
	for y, line := range d.errorLines(c.W()) {
		c.Text(0, y, line, theme.Fail)
	}
}

// errorLines are what is wrong; of several things that are, each begins a line.
func (d *Ask) errorLines(w int) (lines []string) {
	for text := range strings.SplitSeq(d.err.Error(), "\n") {
		lines = append(lines, canvas.Wrap("✗ "+sanitise.Line(text), w)...)
	}
	return lines
}

// verb is what an action does in a word, such as "resize"; in two where that is the verb.
func verb(title string) string {
	words := strings.Fields(strings.ToLower(title))
	if len(words) > 1 && words[1] == "back" {
		return words[0] + " " + words[1]
	}
	return words[0]
}

// Buttons say what enter does at this stage.
func (d *Ask) Buttons() []Button {
	verb := verb(d.action.Title)
	switch {
	case d.stage == filling && d.action.Asks:
		return formButtons("show what changes", d.form)
	case d.stage == filling:
		return formButtons(verb, d.form)
	case d.stage == planning:
		return []Button{{"esc", "stop"}}
	case d.stage == diffing:
		return []Button{{"esc", "back"}, {"y", "copy all"}, d.diff.button()}
	case d.err != nil, d.plan.Nothing:
		return []Button{{"esc", "back"}}
	}
	yes := Button{"enter", verb}
	if d.plan.Refused {
		yes = Button{"f", "take over and " + verb}
	}
	if d.plan.Diff != "" {
		return []Button{yes, {"v", "see the YAML diff"}, {"esc", "back"}}
	}
	return []Button{yes, {"esc", "back"}}
}
