package traces

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/page"
)

// named are the services that the collector knows.
type named struct{ services []string }

// askServices asks the collector for them. Where it does not answer, those on screen have to do.
func (l *list) askServices(w *page.World) tea.Cmd {
	source, parent := w.Session.Traces, w.Ctx
	return w.Work.Do(func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, searchTimeout)
		defer cancel()
		services, err := source.Services(ctx)
		if err != nil {
			return nil
		}
		return named{services}
	})
}

// known are the services of the chain in its order, then all others of the newest traces and of the collector.
func (l *list) known(w *page.World) []string {
	var known, others []string
	for i := range w.Snap.Links {
		known = append(known, w.Snap.Links[i].Service)
	}
	for _, t := range w.Traffic.Recent {
		others = append(others, t.Services...)
	}
	others = append(others, l.services...)
	slices.Sort(others)
	for _, name := range slices.Compact(others) {
		if !slices.Contains(known, name) {
			known = append(known, name)
		}
	}
	return known
}
