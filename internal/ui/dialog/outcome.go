package dialog

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Outcome shows how an action ended, and how to undo it.
type Outcome struct {
	title  string
	result action.Result
	err    error
}

// NewOutcome shows what an action came to.
func NewOutcome(e Ended) *Outcome {
	return &Outcome{title: e.Running.Title(), result: e.Result, err: e.Err}
}

// Title is the action's.
func (d *Outcome) Title() string { return d.title }

// Key leaves, copies the undo command or address, or opens the trace.
func (d *Outcome) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q":
		return nil, true
	case "enter":
		if d.result.Trace != "" {
			return w.Send(page.Open{Page: "traces", Link: -1, Trace: d.result.Trace}), true
		}
		return nil, true
	case "y":
		return copied(w, cmp.Or(d.result.Address, d.result.Undo, d.text())), false
	}
	return nil, false
}

// Update has nothing to take.
func (d *Outcome) Update(*page.World, tea.Msg) (tea.Cmd, bool) { return nil, false }

func (d *Outcome) text() string {
	if d.err != nil {
		return "✗ " + sanitise.Line(d.err.Error())
	}
	return "● " + sanitise.Line(d.result.Summary)
}

// Size grows with the text.
func (d *Outcome) Size(maxW, maxH int) (int, int) {
	w := min(maxW, 64)
	h := len(canvas.Wrap(d.text(), w))
	if d.result.Address != "" {
		h += 2
	}
	if d.result.Undo != "" {
		h += 2
	}
	return w, min(h, maxH)
}

// Draw draws what happened.
func (d *Outcome) Draw(_ *page.World, c canvas.Canvas) {
	ink := theme.Text
	if d.err != nil {
		ink = theme.Fail
	}
	y := 0
	for _, line := range canvas.Wrap(d.text(), c.W()) {
		c.Text(0, y, line, ink)
		y++
	}
	if d.err == nil {
		c.Sub(0, 0, 1, 1).Tint(theme.OK)
	}
	if d.result.Address != "" {
		c.Text(0, y+1, sanitise.Line(d.result.Address), theme.Accent|theme.Underline)
		y += 2
	}
	if d.result.Undo != "" {
		x := c.Text(0, y+1, "undo: ", theme.Muted)
		c.Text(x, y+1, canvas.Cut(sanitise.Line(d.result.Undo), c.W()-x), theme.Text)
	}
}

// Buttons offer what there is.
func (d *Outcome) Buttons() []Button {
	b := []Button{{"enter", "ok"}}
	if d.result.Trace != "" {
		b = []Button{{"enter", "open the trace"}, {"esc", "leave"}}
	}
	switch {
	case d.result.Address != "":
		b = append(b, Button{"y", "copy the address"})
	case d.result.Undo != "":
		b = append(b, Button{"y", "copy the undo command"})
	}
	return b
}
