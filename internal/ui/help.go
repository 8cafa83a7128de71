package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/page/help"
	"github.com/chaintui/chaintui/internal/ui/scroll"
)

// pageHelp is the dialog with the keys of the page on screen. What can't be done now is dimmed, and says why.
type pageHelp struct {
	page   string
	groups []help.Group
	window scroll.Window
	width  int // of the groups, once it is known
}

func (m *model) openHelp() {
	groups := help.Groups(m.actions, m.page().ID())
	for i := range groups {
		groups[i].WhyNot = m.whyNot
	}
	m.dialogs.Push(&pageHelp{page: m.page().ID(), groups: groups})
}

// whyNot tells why an action can't run now; empty when it can.
func (m *model) whyNot(id string) string {
	if a := m.byID(id); a != nil {
		return m.disabled(a)
	}
	return ""
}

// rows are those of all groups, with one free between them.
func (h *pageHelp) rows() int {
	rows := -1
	for _, g := range h.groups {
		rows += g.Height(h.width) + 1
	}
	return rows
}

func (h *pageHelp) Title() string { return "Keys on " + title(h.page) }

func (h *pageHelp) Key(_ *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q", "enter", "?":
		return nil, true
	}
	h.window.Do(scroll.Action(msg.String()))
	return nil, false
}

func (h *pageHelp) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	if msg, ok := msg.(page.Wheeled); ok {
		h.window.By(msg.Delta)
	}
	return nil, false
}

func (h *pageHelp) Size(maxW, maxH int) (int, int) {
	h.width = maxW - 2
	return maxW, min(h.rows(), maxH)
}

func (h *pageHelp) Draw(_ *page.World, c canvas.Canvas) {
	h.window.Show(c.H(), h.rows())
	y := -h.window.Top
	for _, g := range h.groups {
		g.Draw(c, 0, y, h.width)
		y += g.Height(h.width) + 1
	}
	c.Scrollbar(h.window.Top, h.window.Lines)
}

func (h *pageHelp) Buttons() []dialog.Button {
	return []dialog.Button{{Key: "esc", Text: "close"}, {Key: "↑↓", Text: "scroll"}}
}
