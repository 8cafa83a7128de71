package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// doubleClick is how soon a second click on the same zone opens it.
const doubleClick = 400 * time.Millisecond

// wheelRows is how far one turn of the wheel goes.
const wheelRows = 3

type lastClick struct {
	zone canvas.Zone
	at   time.Time
}

// tabZone and actionZone are the frame's own zones: a tab, and a key of the footer.
type (
	tabZone    int
	actionZone string
)

// mouse passes clicks and the wheel on to what was drawn there.
func (m *model) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	zone := m.screen.Hit(at.X, at.Y)
	switch msg.(type) {
	case tea.MouseWheelMsg:
		switch at.Button {
		case tea.MouseWheelUp:
			return m.over(page.Wheeled{Delta: -wheelRows})
		case tea.MouseWheelDown:
			return m.over(page.Wheeled{Delta: wheelRows})
		}
	case tea.MouseClickMsg:
		if at.Button != tea.MouseLeft || zone.ID == nil {
			return nil
		}
		now := time.Now()
		double := m.click.zone == zone && now.Sub(m.click.at) < doubleClick
		m.click = lastClick{zone, now}
		return m.clicked(zone, page.Clicked{ID: zone.ID, Double: double})
	}
	return nil
}

func (m *model) clicked(zone canvas.Zone, msg page.Clicked) tea.Cmd {
	switch id := zone.ID.(type) {
	case tabZone:
		return m.show(page.Open{Page: m.pages[id].ID(), Link: -1})
	case actionZone:
		if a := m.byID(string(id)); a != nil {
			return m.act(*a, nil)
		}
		return nil
	case guideZone:
		m.guide.key(string(id), m.look())
		return nil
	case dialog.Button:
		if m.dialogs.Top() != nil {
			return m.dialogs.Key(&m.world, pressed(id.Key))
		}
		return nil
	}
	return m.over(msg)
}

// over gives a message to the dialog on top, or else to the page.
func (m *model) over(msg tea.Msg) tea.Cmd {
	if m.dialogs.Top() != nil {
		return m.dialogs.Tell(&m.world, msg)
	}
	return m.tell(msg)
}

// pressed is the key press that a button stands for.
func pressed(key string) tea.KeyPressMsg {
	switch key {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "tab":
		return tea.KeyPressMsg{Code: tea.KeyTab}
	}
	r := []rune(key)[0]
	return tea.KeyPressMsg{Code: r, Text: string(r)}
}
