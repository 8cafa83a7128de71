package dialog

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Started asks the frame to run an action.
type Started struct {
	Action action.Action
	Args   action.Args
	NoWait bool // done when it is written, not when the chain is ready with it
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
	case "enter":
		if d.plan.Nothing {
			return nil, true
		}
		return w.Send(Started{Action: d.action, Args: d.args()}), true
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

// Size grows with what there is to say.
func (d *Ask) Size(maxW, maxH int) (int, int) {
	w := min(maxW, 64)
	switch d.stage {
	case filling:
		h := d.form.Height() + len(canvas.Wrap(d.action.Help, w)) + 1
		if d.err != nil {
			h += 1 + len(canvas.Wrap(d.err.Error(), w))
		}
		return w, min(h+d.previewHeight(), maxH)
	case diffing:
		return maxW, maxH
	case asking:
		if d.err != nil {
			return w, min(1+len(canvas.Wrap(d.err.Error(), w)), maxH)
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
	for y, line := range canvas.Wrap("✗ "+sanitise.Line(d.err.Error()), c.W()) {
		c.Text(0, y, line, theme.Fail)
	}
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
	case d.plan.Diff != "":
		return []Button{{"enter", verb}, {"v", "see the YAML diff"}, {"esc", "back"}}
	}
	return []Button{{"enter", verb}, {"esc", "back"}}
}
