package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Form asks for values that a page wants to know.
type Form struct {
	ask  page.Ask
	form *input.Form
}

// NewForm asks what a page asked for.
func NewForm(ask page.Ask) *Form {
	return &Form{ask: ask, form: input.NewForm(ask.Params, nil, action.Scene{})}
}

// Title is the page's.
func (d *Form) Title() string { return d.ask.Title }

// Key fills the form.
func (d *Form) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		if d.form.Valid() {
			return d.ask.Done(w, d.form.Args()), true
		}
		return nil, false
	}
	d.form.Key(msg)
	return nil, false
}

// Update takes clicks and pastes.
func (d *Form) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case page.Clicked:
		d.form.Click(msg.ID)
	case tea.PasteMsg:
		d.form.Paste(msg.Content)
	}
	return nil, false
}

// Size has room for all fields.
func (d *Form) Size(maxW, maxH int) (int, int) {
	w := min(maxW, 64)
	return w, min(d.form.Height()+1+len(canvas.Wrap(d.ask.Help, w)), maxH)
}

// Draw draws the help and the fields.
func (d *Form) Draw(_ *page.World, c canvas.Canvas) {
	y := 0
	for _, line := range canvas.Wrap(d.ask.Help, c.W()) {
		c.Text(0, y, line, theme.Muted)
		y++
	}
	d.form.Draw(c.Rows(y+1, c.H()-y-1))
}

// Buttons are to go on and to leave.
func (d *Form) Buttons() []Button {
	return formButtons("go", d.form)
}

// formButtons are those of a form that goes on with enter.
func formButtons(enter string, f *input.Form) []Button {
	if f.Fields() < 2 {
		return []Button{{"enter", enter}, {"esc", "leave"}}
	}
	return []Button{{"enter", enter}, {"tab", "next field"}, {"esc", "leave"}}
}
