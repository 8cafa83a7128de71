package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/page/help"
)

// pageHelp is the dialog with the keys of the page on screen.
type pageHelp struct {
	page   string
	groups []help.Group
	top    int
	width  int // of the groups, once it is known
}

func (m *model) openHelp() {
	m.dialogs.Push(&pageHelp{page: m.page().ID(), groups: help.Groups(m.actions, m.page().ID())})
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
	case "down", "j":
		h.top++
	case "up", "k":
		h.top--
	case "pgdown", "space":
		h.top += 10
	case "pgup":
		h.top -= 10
	case "home":
		h.top = 0
	case "end":
		h.top = h.rows()
	}
	return nil, false
}

func (h *pageHelp) Update(_ *page.World, msg tea.Msg) (tea.Cmd, bool) {
	if msg, ok := msg.(page.Wheeled); ok {
		h.top += msg.Delta
	}
	return nil, false
}

func (h *pageHelp) Size(maxW, maxH int) (int, int) {
	h.width = maxW - 2
	return maxW, min(h.rows(), maxH)
}

func (h *pageHelp) Draw(_ *page.World, c canvas.Canvas) {
	rows := h.rows()
	h.top = min(max(h.top, 0), max(rows-c.H(), 0))
	y := -h.top
	for _, g := range h.groups {
		g.Draw(c, 0, y, h.width)
		y += g.Height(h.width) + 1
	}
	c.Scrollbar(h.top, rows)
}

func (h *pageHelp) Buttons() []dialog.Button {
	return []dialog.Button{{Key: "esc", Text: "close"}, {Key: "↑↓", Text: "scroll"}}
}
