package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// copied copies text to the clipboard, and tells so.
func copied(w *page.World, text string) tea.Cmd {
	text = sanitise.Text(text)
	tell := "copied: " + text
	if n := strings.Count(strings.TrimRight(text, "\n"), "\n"); n > 0 {
		tell = "copied " + units.Plural(n+1, "line", "lines")
	}
	return tea.Batch(tea.SetClipboard(text), w.Send(page.Tell{Text: tell}))
}
