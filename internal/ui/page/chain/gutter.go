package chain

import (
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawGutter draws what stands beside the first card: where requests come from, and where spans go.
func drawGutter(w *page.World, c canvas.Canvas, dy int) {
	drawLoad(w, c, -dy)
	drawCollector(w, c, 3-dy)
}

func drawLoad(w *page.World, c canvas.Canvas, y int) {
	x := c.Text(1, y+1, "load ", theme.Muted)
	switch load := w.Snap.Load; {
	case load == nil:
		c.Text(x, y+1, "none", theme.Faint)
		return
	case load.Status != state.Ready:
		look := theme.OfStatus(load.Status)
		c.Text(1, y+2, look.Symbol+" "+canvas.Cut(look.Word, 8), look.Ink)
		return
	}
	s := w.Traffic.Load
	if s == nil {
		c.Text(1, y+2, "●", theme.OK)
		c.Text(3, y+2, "ready", theme.Text)
		return
	}
	c.Text(x, y+1, units.Rate(s.Recent.Rate)+"/s", theme.Text|theme.Bold)
	if done := s.Recent.OK + s.Recent.Failed; done > 0 {
		if s.Recent.Failed > 0 {
			c.Text(1, y+2, "✗ "+units.Percent(float64(s.Recent.Failed)/float64(done)), theme.Fail)
		} else {
			c.Text(1, y+2, "ok 100 %", theme.Muted)
		}
	}
}

func drawCollector(w *page.World, c canvas.Canvas, y int) {
	collector := w.Snap.Collect
	if collector == nil {
		return
	}
	c.Text(1, y, "collector", theme.Muted)
	look := theme.OfStatus(collector.Status)
	c.Text(1, y+1, look.Symbol, look.Ink)
	word := theme.Muted
	if look.Loud() {
		word = look.Ink
	}
	c.Text(3, y+1, canvas.Cut(look.Word, 9), word)
}
