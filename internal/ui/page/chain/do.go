package chain

import (
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/page"
)

// Do performs one of the dashboard's own actions.
func (p *Page) Do(w *page.World, id string) tea.Cmd {
	switch id {
	case "left":
		p.choose(w, p.chosen-1)
	case "right":
		p.choose(w, p.chosen+1)
	case "up":
		p.choose(w, p.chosen-p.across)
	case "down":
		p.choose(w, p.chosen+p.across)
	case "pageup":
		p.choose(w, p.chosen-10*p.across)
	case "pagedown":
		p.choose(w, p.chosen+10*p.across)
	case "top":
		p.choose(w, 0)
	case "bottom":
		p.choose(w, len(w.Snap.Links)-1)
	case "chain.form":
		p.want = nextForm(p.want, p.shown)
		p.motion.stop()
		return p.move(w)
	case "find.next":
		return p.next(w, 1)
	case "find.previous":
		return p.next(w, -1)
	case "open":
		return w.Send(page.Open{Page: "pods", Link: p.chosen})
	case "show.logs":
		return w.Send(page.Open{Page: "logs", Link: p.chosen})
	case "show.traces":
		return w.Send(page.Open{Page: "traces", Link: p.chosen})
	}
	return nil
}

func (p *Page) choose(w *page.World, i int) {
	p.chosen = min(max(i, 0), max(len(w.Snap.Links)-1, 0))
	p.picked = true
}

func nextForm(want, shown form) form {
	if want == auto {
		want = shown
	}
	return want%cells + 1
}

// Disabled tells why an action makes no sense now.
func (p *Page) Disabled(w *page.World, id string) string {
	switch id {
	case "chain.form", "open", "show.logs", "show.traces":
		if len(w.Snap.Links) == 0 {
			return "nothing is deployed"
		}
	case "find.next", "find.previous":
		if p.find == "" {
			return "look for something first"
		}
	}
	return ""
}

// Chosen is the chosen link.
func (p *Page) Chosen(w *page.World) page.Chosen {
	if p.chosen >= len(w.Snap.Links) {
		return page.Nothing
	}
	chosen := page.Link(p.chosen)
	chosen.Copy = w.Snap.Links[p.chosen].Service
	return chosen
}

// Crumbs are how many links are looked for: the page has one level.
func (p *Page) Crumbs(w *page.World) []string {
	if p.find == "" || len(w.Snap.Links) == 0 {
		return nil
	}
	return []string{p.found(w)}
}

// Back has nothing to leave but a form that the user chose.
func (p *Page) Back(*page.World) bool {
	if p.want == auto {
		return false
	}
	p.want = auto
	return true
}
