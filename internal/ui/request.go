package ui

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// request does what a page or dialog asks the frame for.
func (m *model) request(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Open:
		return m.show(msg)
	case page.Act:
		if a := m.byID(msg.ID); a != nil {
			return m.act(*a, msg.Args)
		}
	case page.Tell:
		return m.notices.add(msg.Text, msg.Bad, m.world.Now)
	case page.Show:
		text, cmd := dialog.NewText(&m.world, msg.Title, msg.Load)
		m.dialogs.Push(text)
		return cmd
	case page.Ask:
		m.dialogs.Push(dialog.NewForm(msg))
	case dialog.Started:
		return m.start(msg)
	case dialog.Ended:
		return m.ended(msg)
	case dialog.Pick:
		return m.picked(msg)
	}
	return nil
}

// show turns to a page, and tells it what to open there.
func (m *model) show(o page.Open) tea.Cmd {
	at := slices.IndexFunc(m.pages, func(p page.Page) bool { return p.ID() == o.Page })
	if at < 0 {
		return nil
	}
	if at == m.at {
		return m.tell(o)
	}
	m.trail = append(m.trail, m.at)
	m.trail = m.trail[max(len(m.trail)-20, 0):]
	return m.turn(at, o)
}

// turn puts another page on screen, which is told what to open before it begins with what it has.
func (m *model) turn(at int, open ...tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{m.tell(page.Hidden{})}
	m.at, m.filter = at, nil
	for _, msg := range append(open, page.Shown{}) {
		cmds = append(cmds, m.tell(msg))
	}
	return tea.Batch(cmds...)
}

// picked does what was picked in a palette or list.
func (m *model) picked(p dialog.Pick) tea.Cmd {
	switch p.Kind {
	case "palette":
		if a := m.byID(p.ID); a != nil {
			return m.act(*a, nil)
		}
	case "context":
		return m.move(p.ID, "")
	case "namespace":
		return m.move(m.world.Session.Context, p.ID)
	case "theme":
		m.auto = p.ID == "auto"
		m.setTheme(p.ID)
		if m.auto {
			return tea.RequestBackgroundColor
		}
	}
	return nil
}

// move goes to another context or namespace, unless something keeps the dashboard here.
func (m *model) move(kubeContext, namespace string) tea.Cmd {
	if why := cmp.Or(m.guide.objects("context"), m.stays()); why != "" {
		return m.notices.add(why, true, m.world.Now)
	}
	return m.open(kubeContext, namespace)
}
