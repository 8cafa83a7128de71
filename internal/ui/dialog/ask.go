package dialog

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// Started asks the frame to run an action.
type Started struct {
	Action action.Action
	Args   action.Args
	NoWait bool // done when it is written, not when the chain is ready with it
	Force  bool // takes fields over from other managers
}

// stage is how far an Ask has come.
type stage int

const (
	filling  stage = iota // the form
	planning              // the plan is being made
	asking                // the plan is there: yes or no
	diffing               // its diff is on screen
)

// Ask takes an action from its form to a yes: what is to be known, what it would do, whether to do it.
type Ask struct {
	action action.Action
	known  action.Args
	scene  action.Scene
	form   *input.Form
	stage  stage
	plan   action.Plan
	err    error
	diff   lines
	cancel context.CancelFunc
	asked  int // number of the plan that was asked for last: others are of values that were changed since
}

type planned struct {
	dialog *Ask
	asked  int
	plan   action.Plan
	err    error
}

// NewAsk begins with the form when something has to be known, and else with the plan. nothing is true when there is
// nothing to ask: the action can be started at once.
func NewAsk(w *page.World, a action.Action, known action.Args, scene action.Scene) (ask *Ask, cmd tea.Cmd, nothing bool) {
	d := &Ask{action: a, known: known, scene: scene}
	var missing []action.Param
	for _, p := range a.Params {
		if _, ok := known[p.Name]; !ok {
			missing = append(missing, p)
		}
	}
	if len(missing) > 0 {
		d.form = input.NewForm(a.Params, known, scene)
		return d, nil, false
	}
	if !a.Asks {
		return nil, nil, true
	}
	return d, d.makePlan(w), false
}

// Title is the action's.
func (d *Ask) Title() string { return d.action.Title }

func (d *Ask) args() action.Args {
	if d.form != nil {
		return d.form.Args()
	}
	return d.known
}

func (d *Ask) makePlan(w *page.World) tea.Cmd {
	d.err = nil
	if d.action.Plan == nil {
		d.stage = asking
		d.plan = action.Plan{Title: d.action.Title}
		return nil
	}
	d.stage = planning
	ctx, cancel := context.WithCancel(w.Ctx)
	d.cancel = cancel
	d.asked++
	asked, plan, deps, args := d.asked, d.action.Plan, w.Session.Deps, d.args()
	return w.Work.Do(func() tea.Msg {
		defer cancel()
		p, err := plan(ctx, deps, args)
		return planned{d, asked, p, err}
	})
}

// Key goes on with enter, back with esc.
func (d *Ask) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	key := msg.String()
	switch d.stage {
	case filling:
		return d.fill(w, msg)
	case planning:
		if key == "esc" {
			d.cancel()
			return nil, d.back()
		}
	case asking:
		return d.answer(w, key)
	case diffing:
		switch key {
		case "esc", "v", "q":
			d.stage = asking
		case "y":
			return copied(w, d.plan.Diff), false
		default:
			d.diff.key(key)
		}
	}
	return nil, false
}

func (d *Ask) fill(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		if !d.form.Valid() || !d.possible(w) {
			return nil, false
		}
		if !d.action.Asks {
			return w.Send(Started{Action: d.action, Args: d.args()}), true
		}
		return d.makePlan(w), false
	}
	d.err = nil
	d.form.Key(msg)
	return nil, false
}

func (d *Ask) answer(w *page.World, key string) (tea.Cmd, bool) {
	if d.err != nil && (key == "enter" || key == "esc") { // without a plan there is nothing to say yes to
		return nil, d.back()
	}
	switch key {
	case "enter", "f":
		if d.plan.Nothing {
			return nil, key == "enter"
		}
		if d.plan.Refused != (key == "f") { // taking over is a decision of its own
			return nil, false
		}
		return w.Send(Started{Action: d.action, Args: d.args(), Force: d.plan.Refused}), true
	case "esc":
		return nil, d.back()
	case "y":
		return copied(w, d.planText()), false
	case "v":
		if d.plan.Diff != "" {
			d.stage = diffing
			d.diff = newLines(sanitise.Text(d.plan.Diff))
		}
	}
	return nil, false
}

// back returns to the form, or leaves when there is none.
func (d *Ask) back() (done bool) {
	d.stage = filling
	return d.form == nil
}

// Update takes the plan.
func (d *Ask) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case planned:
		if msg.dialog != d || d.stage != planning || msg.asked != d.asked {
			return nil, false
		}
		d.plan, d.err, d.stage = msg.plan, msg.err, asking
		if msg.err != nil && d.form != nil {
			d.stage = filling
		}
	case page.Clicked:
		if d.stage == filling && d.form.Click(msg.ID) {
			d.err = nil
		}
	case page.Wheeled:
		d.diff.By(msg.Delta)
	case tea.PasteMsg:
		if d.stage == filling && d.form != nil {
			d.form.Paste(msg.Content)
		}
	}
	return nil, false
}
