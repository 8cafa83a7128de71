package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// The smallest screen that pages are drawn for.
const (
	minW = 80
	minH = 24
)

// View is what the terminal shows, as Update has drawn it.
func (m *model) View() tea.View {
	if m.crash != nil {
		return tea.NewView("")
	}
	v := tea.NewView(m.content)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "chaintui " + m.world.Snap.Namespace
	return v
}

func (m *model) draw() {
	if !m.dirty {
		return
	}
	m.dirty = false
	m.screen = m.paint()
	m.content = m.screen.Terminal(m.theme)
}

// paint draws the whole screen.
func (m *model) paint() canvas.Canvas {
	c := canvas.New(m.w, m.h)
	if m.w < minW || m.h < minH {
		drawSmall(c)
		return c
	}
	m.drawHeader(c.Rows(0, 2))
	band := m.guide.height()
	top := bodyTop(m.h)
	body := c.Rows(top, max(m.h-top-band-1, 0))
	if !m.drawBlank(body) {
		m.page().Draw(&m.world, m.drawBanner(body))
	}
	m.drawGuide(c.Rows(m.h-1-band, band))
	m.drawFooter(c.Rows(m.h-1, 1))
	m.dialogs.Draw(&m.world, c)
	m.drawNotice(c.Rows(m.h-2-band, 1)) // over a dialog too: it may be the answer to a key that the dialog took
	return c
}

// bodyTop is the page's first row: under the header, with a blank row where there is room.
func bodyTop(h int) int {
	if h >= 30 {
		return 3
	}
	return 2
}

// drawSmall says that the terminal is too small, as well as it can be said there.
func drawSmall(c canvas.Canvas) {
	y := max(c.H()/2-1, 0)
	text := fmt.Sprintf("chaintui needs %d×%d", minW, minH)
	for i, line := range canvas.Wrap(text, c.W()) {
		c.Center(y+i, line, theme.Text)
	}
	if c.H() > 3 && c.W() > 16 {
		c.Center(y+1, fmt.Sprintf("this is %d×%d", c.W(), c.H()), theme.Muted)
	}
}
