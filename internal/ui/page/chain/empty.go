package chain

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// drawEmpty invites to deploy a chain.
func drawEmpty(w *page.World, c canvas.Canvas) {
	c = c.Rows(max((c.H()-9)/2, 0), 9)
	c.Center(0, "╭─────╮    ╭─────╮    ╭─────╮", theme.Border)
	c.Center(1, "│  0  │───▶│  1  │───▶│  2  │", theme.Border)
	c.Center(2, "╰─────╯    ╰─────╯    ╰─────╯", theme.Border)
	text := "Nothing is deployed in namespace " + w.Snap.Namespace + "."
	if w.Snap.NoNamespace {
		text = "There is no namespace " + w.Snap.Namespace + "; deploying makes it."
	}
	c.Center(4, text, theme.Text)
	if k := w.KeyOf("deploy"); k != "" {
		if why := w.WhyNot("deploy"); why != "" {
			c.Center(6, canvas.Cut(k+" deploys a chain of services, but not now: "+why, c.W()), theme.Muted)
		} else {
			c.Center(6, "Press "+k+" to deploy a chain of services and watch requests walk it.", theme.Accent)
		}
		c.Center(7, w.KeyOf("palette")+" namespace  looks at another namespace", theme.Muted)
	}
}
