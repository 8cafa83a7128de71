package input

import (
	"errors"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
)

// Form is the fields of an action's parameters.
type Form struct {
	fields []field
	at     int
}

type field struct {
	param    action.Param
	line     *Line
	proposal string // what counts as not given
}

// NewForm is a form for parameters, with what is known of them already, and their defaults for the scene.
func NewForm(params []action.Param, known action.Args, scene action.Scene) *Form {
	f := &Form{}
	for _, p := range params {
		text, ok := known[p.Name]
		if !ok && p.Default != nil {
			text = p.Default(scene)
		}
		d := field{param: p, line: NewLine(text, true)}
		if p.Proposes && !ok {
			d.proposal = d.line.Text()
		}
		f.fields = append(f.fields, d)
	}
	return f
}

// Fields is how many there are.
func (f *Form) Fields() int { return len(f.fields) }

// Args are the values typed so far. An empty field is a parameter that was not given, and so is a proposal left as it
// stood.
func (f *Form) Args() action.Args {
	args := action.Args{}
	for _, d := range f.fields {
		if text := strings.TrimSpace(d.line.Text()); text != "" && text != d.proposal {
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
	case stepped(d.param.Kind) && (key == "+" || key == "-"):
		d.line.Set(step(d.param.Kind, d.line.Text(), key == "+"))
		return true
	case key == "right" && d.line.AtEnd() && d.complete():
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

// Click takes a click on one of the form's zones, and tells whether it changed a value.
func (f *Form) Click(zone any) (changed bool) {
	switch id := zone.(type) {
	case fieldZone:
		f.at = int(id)
	case offerZone:
		f.fields[f.at].line.Set(string(id))
		return true
	case stepZone:
		f.at = id.field
		d := &f.fields[id.field]
		d.line.Set(step(d.param.Kind, d.line.Text(), id.up))
		return true
	}
	return false
}

func (f *Form) move(by int) { f.at = (f.at + by + len(f.fields)) % len(f.fields) }

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
	}
	return err
}
