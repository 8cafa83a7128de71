package ui

import (
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/page"
)

// save writes the screen as text and as a picture.
func (m *model) save() tea.Cmd {
	m.draw()
	text, svg := m.screen.String(), m.screen.SVG(m.theme)
	base := filepath.Join(m.world.SaveDir, "chaintui-"+m.page().ID()+"-"+m.world.Now.Format("20060102-150405"))
	return m.world.Work.Do(func() tea.Msg {
		for name, content := range map[string]string{base + ".txt": text, base + ".svg": svg} {
			if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
				return page.Tell{Text: "can't save the screen: " + err.Error(), Bad: true}
			}
		}
		return page.Tell{Text: "saved " + base + ".txt and .svg"}
	})
}
