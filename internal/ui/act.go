package ui

import (
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// act performs an action: the dashboard's own at once, others by way of their dialogs.
func (m *model) act(a action.Action, known action.Args) tea.Cmd {
	if why := m.disabled(&a); why != "" {
		return m.notices.add(a.Title+": "+why, true, m.world.Now)
	}
	if a.Run == nil {
		return m.local(a.ID)
	}
	ask, cmd, nothing := dialog.NewAsk(&m.world, a, m.prefilled(a, known), m.scene())
	if nothing {
		return m.start(dialog.Started{Action: a, Args: m.prefilled(a, known)})
	}
	m.dialogs.Push(ask)
	return cmd
}

// prefilled adds what is chosen on the page to what is known of an action's parameters. An action on the chosen pod
// needs no form; a link can still be changed in it.
func (m *model) prefilled(a action.Action, known action.Args) action.Args {
	args := action.Args{}
	chosen := m.page().Chosen(&m.world)
	for _, p := range a.Params {
		switch {
		case known[p.Name] != "":
			args[p.Name] = known[p.Name]
		case p.Kind == action.Link && chosen.Link >= 0:
			args[p.Name] = strconv.Itoa(chosen.Link)
		case p.Name == "pod" && chosen.Pod != "":
			args[p.Name] = chosen.Pod
		}
	}
	return args
}

// start runs an action, unless that became impossible while it was asked about. A dialog shows its progress.
func (m *model) start(s dialog.Started) tea.Cmd {
	if why := m.disabled(&s.Action); why != "" {
		return m.notices.add(s.Action.Title+": "+why, true, m.world.Now)
	}
	running, cmd := dialog.NewRunning(&m.world, s)
	m.runs.add(running)
	m.dialogs.Push(running)
	return cmd
}

// ended shows what an action came to: a dialog when somebody has to read it, else a notice.
func (m *model) ended(e dialog.Ended) tea.Cmd {
	m.dialogs.Remove(e.Running)
	m.runs.remove(e.Running)
	if m.guide.ended(e, m.world.Now) {
		return nil
	}
	if errors.Is(e.Err, dialog.ErrStopped) { // nothing was changed, and who stopped it knows
		return m.notices.add(e.Running.Title()+": "+e.Err.Error(), false, m.world.Now)
	}
	answer := !e.Running.Mutates() && e.Result.Trace == "" // to what was asked: it may have taken a while, and waits to be read
	if e.Err == nil && !answer && e.Result.Undo == "" && e.Result.Address == "" && len(e.Result.Details) == 0 {
		cmd := m.notices.add(sanitise.Line(e.Result.Summary), false, m.world.Now)
		if e.Result.Trace != "" {
			return tea.Batch(cmd, m.show(page.Open{Page: "traces", Link: -1, Trace: e.Result.Trace}))
		}
		return cmd
	}
	m.dialogs.Push(dialog.NewOutcome(e))
	return nil
}

// local performs one of the dashboard's own actions.
func (m *model) local(id string) tea.Cmd {
	if name, ok := strings.CutPrefix(id, "page."); ok {
		return m.show(page.Open{Page: name, Link: -1})
	}
	switch id {
	case "next":
		return m.step(1)
	case "previous":
		return m.step(-1)
	case "quit":
		return m.askQuit()
	case "running":
		m.showHidden()
	case "back":
		return m.back()
	case "filter":
		return m.startFilter()
	case "palette":
		m.openPalette()
	case "help":
		m.openHelp()
	case "context", "namespace", "theme":
		return m.openPicker(id)
	case "copy":
		return m.copy()
	case "save":
		return m.save()
	case "motion":
		m.world.Motion = !m.world.Motion
		return m.tell(page.Shown{})
	case "login":
		return m.logIn()
	case "suspend":
		return tea.Suspend
	case "redraw":
		return tea.ClearScreen
	default:
		return m.page().Do(&m.world, id)
	}
	return nil
}

// step turns to a page beside the one on screen.
func (m *model) step(by int) tea.Cmd {
	n := len(m.pages)
	return m.show(page.Open{Page: m.pages[(m.at+by+n)%n].ID(), Link: -1})
}

func (m *model) copy() tea.Cmd {
	text := sanitise.Text(m.page().Chosen(&m.world).Copy)
	if text == "" {
		return m.notices.add("nothing to copy here", true, m.world.Now)
	}
	return tea.Batch(tea.SetClipboard(text), m.notices.add("copied: "+sanitise.Line(text), false, m.world.Now))
}

// quit ends the dashboard. Run leaves the session.
func (m *model) quit() tea.Cmd { return tea.Quit }

// back leaves the innermost thing: what the page has opened, its filter, the page itself.
func (m *model) back() tea.Cmd {
	if m.page().Back(&m.world) {
		return nil
	}
	if f, ok := m.page().(page.Filterer); ok && f.Filter() != "" {
		return f.SetFilter(&m.world, "")
	}
	if n := len(m.trail); n > 0 {
		at := m.trail[n-1]
		m.trail = m.trail[:n-1]
		return m.turn(at)
	}
	return nil
}
