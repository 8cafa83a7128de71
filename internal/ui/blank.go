package ui

import (
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawBlank draws what stands in for a page that has nothing to show because of the connection, and tells whether it
// did. Data that was live once stays on screen.
func (m *model) drawBlank(c canvas.Canvas) bool {
	s := m.world.Snap
	if m.page().ID() == "help" || len(s.Links) > 0 {
		return false
	}
	var title string
	var lines []string
	switch s.Conn.Phase {
	case state.NoCluster:
		if m.page().ID() == "traces" {
			return false
		}
		title, lines = "there is nothing to see here", []string{s.Conn.Err, m.keyOf("page.traces") + "  —  the traces"}
	case state.Connecting:
		title = "connecting to " + orCurrent(s.Context) + "…"
		waited := m.world.Now.Sub(s.Conn.Since)
		switch {
		case s.Conn.Err != "":
			lines = []string{s.Conn.Err}
		case waited > 3*time.Second:
			lines = []string{"no answer for " + units.Span(waited)}
		}
		if lines != nil {
			lines = append(lines, "It goes on trying.", m.hint("context", "looks at another cluster"))
		}
	case state.Forbidden:
		title = "you may not look at namespace " + s.Namespace
		lines = []string{s.Conn.Err, "Ask for a Role with these rights, or look elsewhere:", m.hint("namespace", "another namespace"), m.hint("context", "another cluster")}
	case state.Unusable:
		if m.noLogin() == "" {
			title = "log in to " + orCurrent(s.Context)
			lines = []string{
				s.Conn.Err, "It may have to ask you, and needs the terminal for that.", "",
				m.keyOf("login") + "  —  log in here; the dashboard comes back", m.hint("context", "another cluster of your kubeconfig"),
			}
			break
		}
		title = "can't use context " + orCurrent(s.Context)
		lines = []string{s.Conn.Err, m.hint("context", "another cluster of your kubeconfig")}
	default:
		return false
	}
	m.drawWords(c, theme.OfPhase(s.Conn.Phase), title, lines)
	return true
}

// drawBanner says over the page that rights are missing for a part of it, or that the credentials with which it was read
// are of no use any more, and returns what is left for the page. A server that is only away is the header's to tell.
func (m *model) drawBanner(c canvas.Canvas) canvas.Canvas {
	conn := m.world.Snap.Conn
	if conn.Phase != state.Forbidden && conn.Phase != state.Unusable || m.page().ID() == "help" {
		return c
	}
	hint := ""
	if m.noLogin() == "" {
		hint = "   " + m.keyOf("login") + " logs in again"
	}
	banner := c.Rows(0, 1)
	banner.Ground(theme.Select)
	prefix := map[state.Phase]string{state.Forbidden: "✗ not all can be seen: ", state.Unusable: "✗ what is shown is old: "}[conn.Phase]
	if canvas.Width(prefix+conn.Err+hint) > c.W()-2 {
		prefix = "✗ "
	}
	x := banner.Text(1, 0, prefix, theme.Fail|theme.Bold)
	x = banner.Text(x, 0, canvas.Cut(conn.Err, c.W()-x-1-canvas.Width(hint)), theme.Text)
	banner.Text(x, 0, hint, theme.Accent)
	return c.Rows(1, c.H()-1)
}

func (m *model) drawWords(c canvas.Canvas, look theme.Look, title string, lines []string) {
	width := min(c.W()-8, 76)
	y := max(c.H()/2-4, 0)
	c.Center(y, look.Symbol+" "+canvas.Cut(title, width), look.Ink|theme.Bold)
	y += 2
	for _, l := range lines {
		for _, line := range canvas.Wrap(l, width) {
			c.Center(y, line, theme.Text)
			y++
		}
	}
}

// hint is how to reach an action by the palette.
func (m *model) hint(id, what string) string {
	return m.keyOf("palette") + " " + strings.ToLower(m.byID(id).Title) + "  —  " + what
}

func orCurrent(context string) string {
	if context == "" {
		return "the cluster"
	}
	return context
}
