package dialog

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Outcome shows how an action ended, and how to undo it.
type Outcome struct {
	title  string
	result action.Result
	err    error
	window scroll.Window
}

// NewOutcome shows what an action came to.
func NewOutcome(e Ended) *Outcome {
	return &Outcome{title: e.Running.Title(), result: e.Result, err: e.Err}
}

// Title is the action's.
func (d *Outcome) Title() string { return d.title }

// Key leaves, scrolls, copies what is worth that, undoes what was done, or opens the trace.
func (d *Outcome) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q":
		return nil, true
	case "enter":
		if d.result.Trace != "" {
			return w.Send(page.Open{Page: "traces", Link: -1, Trace: d.result.Trace}), true
		}
		return nil, true
	case "u":
		if by := d.result.UndoBy; by != nil {
			return w.Send(page.Act{ID: by.ID, Args: by.Args}), true
		}
	case "y":
		return copied(w, cmp.Or(d.result.Address, d.result.Undo, strings.Join(append([]string{d.text()}, d.result.Details...), "\n"))), false
	}
	d.window.Do(scroll.Action(msg.String()))
	return nil, false
}

// Update takes the wheel.
func (d *Outcome) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	if msg, ok := msg.(page.Wheeled); ok {
		d.window.By(msg.Delta)
	}
	return nil, false
}

func (d *Outcome) text() string {
	if d.err != nil {
		return "✗ " + sanitise.Line(d.err.Error())
	}
	return d.symbol() + " " + sanitise.Line(d.result.Summary)
}

// symbol stands before how an action that did not fail ended.
func (d *Outcome) symbol() string {
	if d.result.Wrong {
		return "▲"
	}
	return "●"
}

// Size grows with the text.
func (d *Outcome) Size(maxW, maxH int) (int, int) {
	w := min(maxW, 64)
	if len(d.result.Details) > 0 {
		w = min(maxW, 100)
	}
	return w, min(d.draw(canvas.New(w-scroll.Beside, 0), 0), maxH)
}

// Draw draws what happened.
func (d *Outcome) Draw(_ *page.World, c canvas.Canvas) { d.window.Draw(c, d.draw) }

// draw draws all of it from row y on, and returns the row after it.
func (d *Outcome) draw(c canvas.Canvas, y int) int {
	switch {
	case d.err != nil:
		y = paragraph(c, 0, y, d.text(), theme.Fail)
	case d.result.Wrong:
		y = paragraph(c, 0, y, d.text(), theme.Warn|theme.Bold)
	default:
		top := y
		y = paragraph(c, 0, y, d.text(), theme.Text)
		c.Sub(0, top, 1, 1).Tint(theme.OK)
	}
	if len(d.result.Details) > 0 {
		y++
	}
	for _, line := range d.result.Details {
		y = item(c, y, sanitise.Line(line))
	}
	if d.result.Address != "" {
		c.Text(0, y+1, sanitise.Line(d.result.Address), theme.Accent|theme.Underline)
		y += 2
	}
	if d.result.Undo != "" {
		x := c.Text(0, y+1, "undo: ", theme.Muted)
		y = paragraph(c, x, y+1, sanitise.Line(d.result.Undo), theme.Text)
	}
	return y
}

// item draws one of several, so that it can be told where each begins.
func item(c canvas.Canvas, y int, text string) int {
	c.Text(0, y, "·", theme.Muted)
	return paragraph(c, 2, y, text, theme.Text)
}

// paragraph draws text broken into lines at x, y, and returns the row after it.
func paragraph(c canvas.Canvas, x, y int, text string, ink theme.Ink) int {
	for _, line := range canvas.Wrap(text, c.W()-x) {
		c.Text(x, y, line, ink)
		y++
	}
	return y
}

// Buttons offer what there is.
func (d *Outcome) Buttons() []Button {
	b := []Button{{"enter", "ok"}}
	if d.result.Trace != "" {
		b = []Button{{"enter", "open the trace"}, {"esc", "leave"}}
	}
	if d.result.UndoBy != nil {
		b = append(b, Button{"u", "undo"})
	}
	switch {
	case d.result.Address != "":
		b = append(b, Button{"y", "copy the address"})
	case d.result.Undo != "":
		b = append(b, Button{"y", "copy the undo command"})
	case len(d.result.Details) > 0:
		b = append(b, Button{"y", "copy all"})
	}
	if d.window.Lines > d.window.Height {
		b = append(b, Button{"↑↓", "scroll"})
	}
	return b
}
