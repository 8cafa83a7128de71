package input

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Form is the fields of an action's parameters.
type Form struct {
	fields []field
	at     int
}

type field struct {
	param action.Param
	line  *Line
}

// NewForm is a form for parameters, with what is known of them already, and their defaults for the scene.
func NewForm(params []action.Param, known action.Args, scene action.Scene) *Form {
	f := &Form{}
	for _, p := range params {
		text, ok := known[p.Name]
		if !ok && p.Default != nil {
			text = p.Default(scene)
		}
		f.fields = append(f.fields, field{p, NewLine(text, true)})
	}
	return f
}

// Args are the values typed so far. An empty field is a parameter that was not given.
func (f *Form) Args() action.Args {
	args := action.Args{}
	for _, d := range f.fields {
		if text := strings.TrimSpace(d.line.Text()); text != "" {
			args[d.param.Name] = text
		}
	}
	return args
}

// Valid tells the first field whose text can't be, and moves there.
func (f *Form) Valid() bool {
	for i := range f.fields {
		if f.fields[i].problem() != nil {
			f.at = i
			return false
		}
	}
	return true
}

// Problem is what is wrong with the first field whose text can't be; nil when there is none.
func (f *Form) Problem() error {
	for i := range f.fields {
		if err := f.fields[i].problem(); err != nil {
			return err
		}
	}
	return nil
}

// Key takes a key. Enter is not the form's.
func (f *Form) Key(msg tea.KeyPressMsg) (changed bool) {
	if len(f.fields) == 0 {
		return false
	}
	d := &f.fields[f.at]
	switch key := msg.String(); {
	case key == "tab" || key == "down":
		f.move(1)
	case key == "shift+tab" || key == "up":
		f.move(-1)
	case d.param.Kind == action.Boolean && (key == "space" || key == "left" || key == "right"):
		d.line.Set(strconv.FormatBool(d.line.Text() != "true"))
		return true
	case d.param.Kind == action.Choice && (key == "space" || key == "right"):
		d.choose(1)
		return true
	case d.param.Kind == action.Choice && key == "left":
		d.choose(-1)
		return true
	case d.param.Kind == action.Integer && (key == "+" || key == "-"):
		d.step(key)
		return true
	default:
		return d.line.Key(msg)
	}
	return false
}

// Paste inserts text into the field that has the focus.
func (f *Form) Paste(text string) {
	if len(f.fields) > 0 {
		f.fields[f.at].line.Paste(text)
	}
}

// Focus moves to a field.
func (f *Form) Focus(i int) { f.at = min(max(i, 0), max(len(f.fields)-1, 0)) }

func (f *Form) move(by int) { f.at = (f.at + by + len(f.fields)) % len(f.fields) }

func (d *field) choose(by int) {
	n := len(d.param.Choices)
	if n == 0 {
		return
	}
	i := slices.Index(d.param.Choices, d.line.Text())
	if i < 0 && by < 0 {
		i = 0
	}
	d.line.Set(d.param.Choices[(i+by+n)%n])
}

func (d *field) step(key string) {
	n, err := strconv.Atoi(strings.TrimSpace(d.line.Text()))
	if err != nil {
		return
	}
	if key == "+" {
		n++
	} else {
		n = max(n-1, 0)
	}
	d.line.Set(strconv.Itoa(n))
}

// problem is what is wrong with the text by its kind; the rest is for the action to say.
func (d *field) problem() error {
	text := strings.TrimSpace(d.line.Text())
	if text == "" {
		return nil
	}
	var err error
	switch d.param.Kind {
	case action.Integer:
		if _, e := strconv.Atoi(text); e != nil {
			err = errors.New("want a whole number")
		}
	case action.Number:
		if _, e := strconv.ParseFloat(text, 64); e != nil {
			err = errors.New("want a number")
		}
	case action.Percent:
		if _, e := action.Share(text); e != nil {
			err = errors.New("want a share such as 30% or 0.3")
		}
	case action.Duration:
		if _, e := time.ParseDuration(text); e != nil && text != "0" {
			err = errors.New("want a duration such as 150ms or 2s")
		}
	case action.Choice:
		if !slices.Contains(d.param.Choices, text) {
			err = fmt.Errorf("want one of %s", strings.Join(d.param.Choices, ", "))
		}
	}
	return err
}

// FieldZone is the zone of field i.
type FieldZone int

// Height is how many rows the form takes.
func (f *Form) Height() int { return len(f.fields) + 2 }

// Draw draws one field per row, and below them what the field with the focus is for, or what is wrong with it.
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
		row.Zone(FieldZone(i))
		ink := theme.Muted
		if focus {
			ink = theme.Accent
		}
		row.Text(0, 0, canvas.Pad(d.param.Label, label), ink)
		value := row.Sub(label+2, 0, row.W()-label-2, 1)
		d.draw(value, focus)
		if err := d.problem(); err != nil && !focus { // that of the field with the focus stands below
			value.Right(value.W(), 0, "✗ "+err.Error(), theme.Fail)
		}
	}
	if len(f.fields) == 0 {
		return
	}
	d := f.fields[f.at]
	if err := d.problem(); err != nil {
		c.Text(0, c.H()-1, canvas.Cut("✗ "+err.Error(), c.W()), theme.Fail)
	} else {
		c.Text(0, c.H()-1, canvas.Cut(d.param.Help, c.W()), theme.Muted)
	}
}

func (d *field) draw(c canvas.Canvas, focus bool) {
	switch d.param.Kind {
	case action.Boolean:
		text := "no"
		if d.line.Text() == "true" {
			text = "yes"
		}
		d.drawChoice(c, []string{"no", "yes"}, text, focus)
	case action.Choice:
		d.drawChoice(c, d.param.Choices, d.line.Text(), focus)
	default:
		c.Ground(theme.Bar)
		d.line.Draw(c, focus)
	}
}

func (d *field) drawChoice(c canvas.Canvas, choices []string, now string, focus bool) {
	x := 0
	for _, s := range choices {
		ink := theme.Muted
		if s == now {
			ink = theme.Text | theme.Bold
			if focus {
				ink = theme.Text | theme.Bright
			}
		}
		x = c.Text(x, 0, " "+s+" ", ink) + 1
	}
}
