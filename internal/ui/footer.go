package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// drawFooter draws the keys that matter here, or the filter that is being typed.
func (m *model) drawFooter(c canvas.Canvas) {
	c.Ground(theme.Bar)
	if m.filter != nil {
		x := c.Text(1, 0, "/", theme.Accent|theme.Bold)
		m.filter.Draw(c.Sub(x, 0, c.W()/2, 1), true)
		c.Right(c.W()-1, 0, "enter keep   esc clear", theme.Muted)
		return
	}
	end := c.W() - 1
	for _, id := range []string{"help", "palette"} {
		end = m.drawHint(c, end, id)
	}
	x := 1
	if f, ok := m.page().(page.Filterer); ok && f.Filter() != "" {
		x = c.Text(x, 0, "/"+canvas.Cut(f.Filter(), 20), theme.Accent) + 3
	}
	for _, a := range m.hints() {
		word := hintWord(a)
		if x+canvas.Width(a.Key)+1+canvas.Width(word) > end-2 {
			break
		}
		key, text := theme.Accent|theme.Bold, theme.Text
		if m.disabled(a) != "" {
			key, text = theme.Faint, theme.Faint
		}
		begin := x
		x = c.Text(x, 0, keyName(a.Key), key)
		x = c.Text(x+1, 0, word, text)
		c.Sub(begin, 0, x-begin, 1).Zone(actionZone(a.ID))
		x += 2
	}
}

// drawHint draws an action's key at the right, ending before column x.
func (m *model) drawHint(c canvas.Canvas, x int, id string) int {
	a := m.byID(id)
	word := map[string]string{"help": "help", "palette": "actions"}[id]
	end := x
	x = c.Right(x, 0, word, theme.Muted)
	x = c.Right(x-1, 0, keyName(a.Key), theme.Accent|theme.Bold)
	c.Sub(x, 0, end-x, 1).Zone(actionZone(id))
	return x - 2
}

// hints are the actions that the footer names, those first that are looked for most: the page's own, then the changing
// ones. What can't be done here at all gives way to what can; what only has to wait keeps its place.
func (m *model) hints() []*action.Action {
	id := m.page().ID()
	var change, own []*action.Action
	for i := range m.actions {
		a := &m.actions[i]
		here := slices.Contains(a.Pages, id)
		switch {
		case a.Key == "":
		case a.Run != nil && (here || len(a.Pages) == 0):
			change = append(change, a)
		case a.Run == nil && (here || a.ID == "open" && len(m.page().Crumbs(&m.world)) == 0) && m.disabled(a) == "":
			own = append(own, a)
		}
	}
	hints := slices.Concat(own, change)
	never := m.world.Session.ReadOnly || len(m.world.Snap.Links) == 0
	rank := func(a *action.Action) int {
		rank := keys.Rank(id, a.ID)
		if never && m.disabled(a) != "" {
			rank += len(hints)
		}
		return rank
	}
	slices.SortStableFunc(hints, func(a, b *action.Action) int { return cmp.Compare(rank(a), rank(b)) })
	return hints
}

// hintWord is an action's title in one word, as well as it can be.
func hintWord(a *action.Action) string {
	if short := keys.Short(a.ID); short != "" {
		return short
	}
	words := strings.Fields(strings.ToLower(a.Title))
	if len(words) == 0 {
		return a.ID
	}
	if len(words) <= 2 {
		return strings.Join(words, " ")
	}
	return words[0]
}

var keyNames = strings.NewReplacer("pgdown", "PgDn", "pgup", "PgUp", "ctrl+", "^")

func keyName(key string) string { return keyNames.Replace(key) }

// drawNotice draws the newest notice, or what is under way, over the page's last row.
func (m *model) drawNotice(c canvas.Canvas) {
	text, ink := "", theme.Text
	var zone any
	if n, ok := m.notices.newest(); ok {
		text = "● " + n.text
		if n.bad {
			text, ink = "▲ "+n.text, theme.Warn
		}
	} else if d := m.hidden(); d != nil && m.dialogs.Top() == nil {
		text, ink, zone = d.Line()+"  ("+m.keyOf("running")+" shows it)", theme.Accent, actionZone("running")
	}
	if text == "" {
		return
	}
	c.Clear()
	c.Ground(theme.Select)
	c.Text(1, 0, canvas.Cut(text, c.W()-2), ink)
	if zone != nil {
		c.Zone(zone)
	}
}

// millis is a number of milliseconds as a duration.
func millis(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }
