package chain

import (
	"math"
	"slices"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// item is a link with its traffic and how both look together.
type item struct {
	*state.Link
	feed.LinkTraffic
	look   theme.Look
	flowed bool // there are numbers about it
}

// items are all links of the world, in order.
func items(w *page.World) []item {
	out := make([]item, len(w.Snap.Links))
	for i := range w.Snap.Links {
		l := &w.Snap.Links[i]
		t, ok := w.Traffic.Links[l.Service]
		out[i] = item{Link: l, LinkTraffic: t, look: Look(l, t), flowed: ok && t.Requests > 0}
	}
	return out
}

// Look is how a link is shown: by its pods while they are not well, and else by what its requests show.
func Look(l *state.Link, t feed.LinkTraffic) theme.Look {
	switch {
	case l.Status != state.Ready:
		return theme.OfStatus(l.Status)
	case t.Origin:
		return theme.Errors
	case t.Slow:
		return theme.Slow
	case t.Idle:
		return theme.Idle
	}
	return theme.OfStatus(l.Status)
}

// sparkTop is the common scale of all sparklines, in ms: they can be compared, and the noise of a healthy chain stays
// at the bottom.
func sparkTop(all []item) float64 {
	var values []float64
	for i := range all {
		for _, v := range all[i].Series {
			if !math.IsNaN(v) {
				values = append(values, v)
			}
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return max(values[len(values)-1], 4*values[len(values)/2])
}

// loudest is the first link that fails, else the first that is slow or otherwise not well, else the head.
func loudest(w *page.World) int {
	found := 0
	var ink theme.Ink
	for i := range w.Snap.Links {
		l := &w.Snap.Links[i]
		look := Look(l, w.Traffic.Links[l.Service])
		if look.Loud() && ink != theme.Fail && look.Ink != ink {
			found, ink = i, look.Ink
		}
	}
	return found
}
