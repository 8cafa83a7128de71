package input

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// The form's zones: a field, and one of its value's two steps.
type (
	fieldZone int
	stepZone  struct {
		field int
		up    bool
	}
)

// Height is how many rows the form takes.
func (f *Form) Height() int { return len(f.fields) + 2 }

// Draw draws one field per row, and below them, of the field with the focus, what it is offered, and what it is for or what is
// wrong with it.
func (f *Form) Draw(c canvas.Canvas) {
	label := 0
	for _, d := range f.fields {
		label = max(label, canvas.Width(d.param.Label))
	}
	label = min(label, c.W()/2)
	top := max(f.at-(c.H()-3), 0)
	for i := top; i < len(f.fields) && i-top < c.H()-2; i++ {
		d, focus := f.fields[i], i == f.at
		row := c.Rows(i-top, 1)
		row.Zone(fieldZone(i))
		ink := theme.Muted
		if focus {
			ink = theme.Accent
		}
		row.Text(0, 0, canvas.Pad(d.param.Label, label), ink)
		value := row.Sub(label+2, 0, row.W()-label-2, 1)
		d.draw(value, i, focus)
		if err := d.problem(); err != nil && !focus { // that of the field with the focus stands below
			value.Right(value.W(), 0, "✗ "+err.Error(), theme.Fail)
		}
	}
	if len(f.fields) == 0 {
		return
	}
	d := f.fields[f.at]
	d.drawOffered(c.Rows(c.H()-2, 1))
	if err := d.problem(); err != nil {
		c.Text(0, c.H()-1, canvas.Cut("✗ "+err.Error(), c.W()), theme.Fail)
	} else {
		c.Text(0, c.H()-1, canvas.Cut(d.param.Help, c.W()), theme.Muted)
	}
}

// stepsWidth is what the two steps of a value take at its right.
const stepsWidth = 8

func (d *field) draw(c canvas.Canvas, at int, focus bool) {
	line := c
	if stepped(d.param.Kind) {
		line = c.Sub(0, 0, c.W()-stepsWidth, 1)
		for i, sign := range []string{"−", "+"} {
			button := c.Sub(line.W()+1+4*i, 0, 3, 1)
			button.Zone(stepZone{at, sign == "+"})
			button.Ground(theme.Bar)
			button.Text(1, 0, sign, theme.Accent)
		}
	}
	line.Ground(theme.Bar)
	d.line.Draw(line, focus)
}
