package dialog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// Ended says that an action has ended.
type Ended struct {
	Running *Running
	Result  action.Result
	Err     error
}

// ErrStopped is an action that was stopped, or whose cluster was left, before it was done.
var ErrStopped = errors.New("stopped before it was done")

// errHalfWay is one that was changing something.
var errHalfWay = errors.New("stopped half way: what was done until then stays, and doing it again finishes the work")

// Running shows an action's progress. Leaving it does not stop the action.
type Running struct {
	action   action.Action
	began    time.Time
	last     action.Progress
	messages []string
	steps    chan action.Progress
	ctx      context.Context
	cancel   context.CancelFunc
	stopping bool
}

type progressed struct {
	dialog   *Running
	progress action.Progress
}

// keptMessages is how many of an action's messages stay on screen.
const keptMessages = 5

// NewRunning starts the action. It lives as long as ctx, whatever becomes of the dialog.
func NewRunning(w *page.World, s Started) (*Running, tea.Cmd) {
	ctx, cancel := context.WithCancel(w.Ctx)
	d := &Running{action: s.Action, began: w.Now, steps: make(chan action.Progress, 1), ctx: ctx, cancel: cancel}
	run, deps := s.Action.Run, w.Session.Deps
	deps.Wait, deps.Force = deps.Wait && !s.NoWait, s.Force
	start := w.Work.Do(func() tea.Msg {
		defer close(d.steps)
		defer cancel()
		result, err := run(ctx, deps, s.Args, d.report)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = ErrStopped
			if s.Action.Mutates {
				err = errHalfWay
			}
		}
		return Ended{d, result, err}
	})
	return d, tea.Batch(start, d.wait())
}

// report keeps the newest progress only: the screen is not to slow the action down. Messages worth keeping are waited
// for, as long as the dashboard reads them.
func (d *Running) report(p action.Progress) {
	if p.Message != "" {
		select {
		case d.steps <- p:
		case <-d.ctx.Done():
		}
		return
	}
	select {
	case d.steps <- p:
	default:
		select { // make room by dropping what is older and has no message
		case old := <-d.steps:
			if old.Message != "" {
				p.Message = old.Message
			}
		default:
		}
		select {
		case d.steps <- p:
		default:
		}
	}
}

func (d *Running) wait() tea.Cmd {
	return func() tea.Msg {
		if p, ok := <-d.steps; ok {
			return progressed{d, p}
		}
		return nil
	}
}

// Title is the action's.
func (d *Running) Title() string { return d.action.Title }

// Mutates tells whether the action changes the cluster.
func (d *Running) Mutates() bool { return d.action.Mutates }

// Line is the progress in a line, for when the dialog is not on screen.
func (d *Running) Line() string {
	line := "◐ " + d.action.Title + ": " + d.last.Step
	if d.last.Total > 0 {
		line += " " + units.Count(d.last.Done) + "/" + units.Count(d.last.Total)
	}
	return line
}

// Key hides the dialog, or stops the action.
func (d *Running) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "enter":
		return nil, true
	case "y":
		return copied(w, strings.Join(append([]string{d.Line()}, d.messages...), "\n")), false
	case "x":
		d.Stop()
	}
	return nil, false
}

// Stop cuts the action off. It ends when it has noticed.
func (d *Running) Stop() {
	d.stopping = true
	d.cancel()
}

// Await waits until the action has ended, so that what it was doing when it was cut off is over and recorded; not longer
// than limit, since it may never have been started. It is for after the dashboard's end, when nobody reads its progress.
func (d *Running) Await(limit time.Duration) {
	late := time.After(limit)
	for {
		select {
		case _, open := <-d.steps:
			if !open {
				return
			}
		case <-late:
			return
		}
	}
}

// Update takes progress, on screen or not.
func (d *Running) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	if p, ok := msg.(progressed); ok && p.dialog == d {
		message := sanitise.Line(p.progress.Message)
		d.last = p.progress
		d.last.Step = sanitise.Line(d.last.Step)
		if message != "" {
			d.messages = append(d.messages, message)
			d.messages = d.messages[max(len(d.messages)-keptMessages, 0):]
		}
		return d.wait(), false
	}
	return nil, false
}

// Size leaves room for the messages worth keeping.
func (d *Running) Size(maxW, _ int) (int, int) { return min(maxW, 64), 4 + keptMessages }

// Draw draws the step, how far it is, and the newest messages.
func (d *Running) Draw(w *page.World, c canvas.Canvas) {
	step := d.last.Step
	switch {
	case d.stopping:
		step = "stopping…"
	case step == "":
		step = "starting…"
	}
	c.Text(0, 0, "◐ "+canvas.Cut(step, c.W()-10), theme.Text)
	c.Right(c.W(), 0, units.Span(w.Now.Sub(d.began)), theme.Muted)
	if d.last.Total > 0 {
		share := float64(d.last.Done) / float64(d.last.Total)
		c.Row(0, 2, c.W()-10, "─", theme.Border)
		c.Text(0, 2, chart.Bar(share, c.W()-10), theme.Accent)
		c.Right(c.W(), 2, units.Count(d.last.Done)+"/"+units.Count(d.last.Total), theme.Muted)
	}
	y := 4
	for _, m := range d.messages {
		c.Text(0, y, canvas.Cut(m, c.W()), theme.Muted)
		y++
	}
	if d.action.Mutates {
		drawTrouble(c.Rows(y, c.H()-y), w.Snap)
	}
}

// drawTrouble says which link fails, first of all, while a change waits for it: the dialog may hide the page that would.
func drawTrouble(c canvas.Canvas, s *state.Snapshot) {
	for i := range s.Links {
		l := &s.Links[i]
		if l.Status != state.Failing && l.Status != state.Failed {
			continue
		}
		look := theme.OfStatus(l.Status)
		text := fmt.Sprintf("%s link %d %s: %s", look.Symbol, i, look.Word, cmp.Or(l.Message, l.Reason))
		for y, line := range canvas.Wrap(text, c.W()) {
			c.Text(0, y, line, look.Ink)
		}
		return
	}
}

// Buttons are to hide it and to stop.
func (d *Running) Buttons() []Button {
	return []Button{{"esc", "hide, it goes on"}, {"x", "stop"}}
}
