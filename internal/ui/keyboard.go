package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
)

// frameKeys are actions about the screen as a whole: their keys work whoever has the focus.
var frameKeys = []string{"save", "suspend", "redraw"}

// key gives a key to who has the focus: a dialog, the filter line, or the actions of the page.
func (m *model) key(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+c" && m.dialogs.Top() == nil && m.filter == nil {
		return m.askQuit()
	}
	for _, id := range frameKeys {
		if msg.String() == m.keyOf(id) {
			return m.local(id)
		}
	}
	switch {
	case m.dialogs.Top() != nil:
		return m.dialogs.Key(&m.world, msg)
	case m.filter != nil:
		return m.typeFilter(msg)
	case m.guide.key(msg.String(), m.look()):
		return nil
	}
	key := keys.Alias(msg.String())
	if a := m.find(key); a != nil {
		return m.act(*a, nil)
	}
	return nil
}

func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.dialogs.Top() != nil:
		return m.dialogs.Tell(&m.world, msg)
	case m.filter != nil:
		m.filter.Paste(msg.Content)
		return m.page().(page.Filterer).SetFilter(&m.world, m.filter.Text())
	}
	return nil
}

// find is the action of a key on this page: the page's own before those of all pages.
func (m *model) find(key string) *action.Action {
	var everywhere *action.Action
	for i := range m.actions {
		a := &m.actions[i]
		switch {
		case a.Key != key || key == "":
		case slices.Contains(a.Pages, m.page().ID()):
			return a
		case len(a.Pages) == 0 && everywhere == nil:
			everywhere = a
		}
	}
	return everywhere
}

// keyOf is the key of an action, for hints; empty when it has none.
func (m *model) keyOf(id string) string {
	if a := m.byID(id); a != nil {
		return a.Key
	}
	return ""
}

func (m *model) byID(id string) *action.Action {
	for i := range m.actions {
		if m.actions[i].ID == id {
			return &m.actions[i]
		}
	}
	return nil
}

// disabled tells why an action can't run now; empty when it can.
func (m *model) disabled(a *action.Action) string {
	if why := m.guide.objects(a.ID); why != "" {
		return why
	}
	if a.Run == nil {
		return m.unfit(a)
	}
	scene := m.scene()
	switch {
	case a.Mutates && scene.ReadOnly:
		return "read-only"
	case a.Mutates && scene.Busy != "":
		return "waiting for: " + scene.Busy
	case a.Guard != nil:
		return a.Guard(scene)
	}
	return ""
}

// unfit tells why one of the dashboard's own actions makes no sense now. A page is asked about those that are its own.
func (m *model) unfit(a *action.Action) string {
	switch a.ID {
	case "login":
		if why := m.stays(); why != "" {
			return why
		}
		return m.noLogin()
	case "context", "namespace":
		return m.stays()
	case "running":
		if m.hidden() == nil {
			return "nothing is under way"
		}
	}
	if a.ID == "open" || slices.Contains(a.Pages, m.page().ID()) {
		return m.page().Disabled(&m.world, a.ID)
	}
	return ""
}

// typeFilter takes a key of the filter line. The page follows with each letter.
func (m *model) typeFilter(msg tea.KeyPressMsg) tea.Cmd {
	filterer, ok := m.page().(page.Filterer)
	if !ok {
		m.filter = nil
		return nil
	}
	switch msg.String() {
	case "enter":
		m.filter = nil
	case "esc", "ctrl+c":
		m.filter = nil
		return filterer.SetFilter(&m.world, "")
	case "up", "down", "pgup", "pgdown":
		return m.page().Do(&m.world, scroll.Action(msg.String()))
	default:
		if m.filter.Key(msg) {
			return filterer.SetFilter(&m.world, m.filter.Text())
		}
	}
	return nil
}

func (m *model) startFilter() tea.Cmd {
	filterer, ok := m.page().(page.Filterer)
	if !ok {
		return m.notices.add("nothing to filter on this page", true, m.world.Now)
	}
	m.filter = input.NewLine(filterer.Filter(), true)
	return nil
}
