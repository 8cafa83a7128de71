// Package help is the Help page: what this is, and all keys.
package help

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Page is the Help page.
type Page struct {
	version string
	actions []action.Action
	window  scroll.Window
}

// New is the page about these actions.
func New(version string, actions []action.Action) *Page {
	return &Page{version: version, actions: actions}
}

// ID is "help".
func (p *Page) ID() string { return "help" }

// Do scrolls.
func (p *Page) Do(_ *page.World, id string) tea.Cmd {
	p.window.Do(id)
	return nil
}

// Disabled knows of no reason.
func (p *Page) Disabled(*page.World, string) string { return "" }

// Update takes the wheel.
func (p *Page) Update(_ *page.World, msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(page.Wheeled); ok {
		p.window.By(msg.Delta)
	}
	return nil
}

// Chosen is nothing.
func (p *Page) Chosen(*page.World) page.Chosen { return page.Nothing }

// Crumbs are none.
func (p *Page) Crumbs(*page.World) []string { return nil }

// Back has nothing to leave.
func (p *Page) Back(*page.World) bool { return false }

const about = "deploys a chain of services on Kubernetes, shows it live, changes it while it runs, and draws its traces"

// Draw draws groups of keys in as many columns as fit.
func (p *Page) Draw(_ *page.World, c canvas.Canvas) {
	c = c.Inset(2, 0)
	x := c.Text(0, 0, "chaintui", theme.Accent|theme.Bold)
	c.Text(x+1, 0, p.version, theme.Muted)
	y := 1
	for _, line := range canvas.Wrap(about, c.W()) {
		c.Text(0, y, line, theme.Text)
		y++
	}
	c = c.Rows(y+1, c.H()-y-1)
	groups := Groups(p.actions, "")
	columns := max(min(c.W()/64, 3), 1)
	width := (c.W() - 2) / columns
	lengths := make([]int, columns)
	type spot struct{ group, column, y int }
	var spots []spot
	for g := range groups {
		shortest := 0
		for k := range lengths {
			if lengths[k] < lengths[shortest] {
				shortest = k
			}
		}
		spots = append(spots, spot{g, shortest, lengths[shortest]})
		lengths[shortest] += groups[g].Height(width-2) + 1
	}
	p.window.Show(c.H(), slices.Max(lengths))
	for _, s := range spots {
		groups[s.group].Draw(c, s.column*width, s.y-p.window.Top, width-2)
	}
	c.Scrollbar(p.window.Top, p.window.Lines)
}

// Group is the keys of one page, or of all.
type Group struct {
	Title   string
	Actions []action.Action
	WhyNot  func(id string) string // why one can't run now, empty when it can; nil where that is not asked
}

// Groups are the keys of a page and of everywhere; of all pages when id is empty.
func Groups(actions []action.Action, id string) []Group {
	everywhere := Group{Title: "everywhere"}
	change := Group{Title: "changing the chain"}
	byPage := map[string]*Group{}
	for _, a := range actions {
		switch {
		case a.Run != nil && len(a.Pages) == 0:
			change.Actions = append(change.Actions, a)
		case len(a.Pages) == 0:
			everywhere.Actions = append(everywhere.Actions, a)
		default:
			for _, name := range a.Pages {
				if byPage[name] == nil {
					byPage[name] = &Group{Title: "on " + strings.ToUpper(name[:1]) + name[1:]}
				}
				byPage[name].Actions = append(byPage[name].Actions, a)
			}
		}
	}
	var out []Group
	for _, name := range keys.Pages {
		if g := byPage[name]; g != nil && (id == "" || id == name) {
			out = append(out, *g)
		}
	}
	if len(change.Actions) > 0 {
		out = append(out, change)
	}
	return append(out, everywhere)
}

// keysEnd is the column before which keys end: shift+tab is the longest.
const keysEnd = 9

// helpColumn is where the actions' help begins: after keys and titles.
func (g Group) helpColumn() int {
	title := 0
	for _, a := range g.Actions {
		title = max(title, canvas.Width(a.Title))
	}
	return keysEnd + 4 + title
}

// words are an action's help, and before it why it can't run now.
func (g Group) words(a *action.Action) (text string, dim bool) {
	if g.WhyNot != nil {
		if why := g.WhyNot(a.ID); why != "" {
			return "(" + why + ") " + a.Help, true
		}
	}
	return a.Help, false
}

// Height is how many rows the group takes in w columns.
func (g Group) Height(w int) int {
	h, at := 1, g.helpColumn()
	for i := range g.Actions {
		text, _ := g.words(&g.Actions[i])
		h += max(len(canvas.Wrap(text, w-at)), 1)
	}
	return h
}

// Draw draws the group at x, y, in w columns.
func (g Group) Draw(c canvas.Canvas, x, y, w int) {
	c = c.Sub(x, 0, w, c.H())
	c.Text(0, y, g.Title, theme.Text|theme.Bold)
	at := g.helpColumn()
	for i := range g.Actions {
		a := &g.Actions[i]
		y++
		text, dim := g.words(a)
		key, name, help := theme.Accent, theme.Text, theme.Muted
		if dim {
			key, name, help = theme.Faint, theme.Faint, theme.Faint
		}
		word := a.Key
		if word == "" {
			word = ":"
		}
		c.Right(keysEnd, y, word, key)
		c.Text(keysEnd+2, y, a.Title, name)
		for k, line := range canvas.Wrap(text, w-at) {
			if k > 0 {
				y++
			}
			c.Text(at, y, line, help)
		}
	}
}
