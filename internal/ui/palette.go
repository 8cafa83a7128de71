package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// notInPalette are the actions that make no sense by name: cursor keys, and the palette itself.
var notInPalette = []string{"palette", "up", "down", "left", "right", "pageup", "pagedown", "top", "bottom", "open", "back", "next", "previous"}

// openPalette lists everything that can be done here: the registry's actions first, then the page's, then all others.
func (m *model) openPalette() {
	var entries []dialog.Entry
	for i := range m.actions {
		a := &m.actions[i]
		elsewhere := len(a.Pages) > 0 && !slices.Contains(a.Pages, m.page().ID())
		if slices.Contains(notInPalette, a.ID) || elsewhere && a.Run == nil {
			continue
		}
		entries = append(entries, dialog.Entry{ID: a.ID, Title: a.Title, Note: a.Key, Why: m.disabled(a)})
	}
	m.dialogs.Push(dialog.NewPicker("palette", "What to do?", entries, false))
}

// openPicker lists contexts, namespaces or themes.
func (m *model) openPicker(kind string) tea.Cmd {
	var names []string
	switch {
	case kind == "theme":
		names = theme.Names()
	case m.options.Places == nil:
		return m.notices.add("contexts and namespaces can't be changed here", true, m.world.Now)
	case kind == "context":
		names = m.options.Places.Contexts()
	}
	picker := dialog.NewPicker(kind, m.byID(kind).Title, named(names), kind == "namespace")
	m.dialogs.Push(picker)
	if kind != "namespace" {
		return nil
	}
	places, ctx, kubeContext := m.options.Places, m.ctx, m.world.Session.Context
	return picker.Fill(&m.world, func() ([]dialog.Entry, error) {
		ctx, cancel := context.WithTimeout(ctx, pollTimeout)
		defer cancel()
		names, err := places.Namespaces(ctx, kubeContext)
		return named(names), err
	})
}

func named(names []string) []dialog.Entry {
	entries := make([]dialog.Entry, len(names))
	for i, n := range names {
		entries[i] = dialog.Entry{ID: n, Title: sanitise.Line(n)}
	}
	return entries
}
