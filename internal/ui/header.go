package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawHeader draws where I am, whether it is well, and how fresh it is; below it the pages.
func (m *model) drawHeader(c canvas.Canvas) {
	c.Rows(0, 1).Ground(theme.Bar)
	x := c.Text(1, 0, "chaintui", theme.Accent|theme.Bold)
	look := page.Verdict(&m.world)
	free := c.W() - x - canvas.Width(look.Symbol+" "+look.Word) - leastRates
	x = c.Text(x+2, 0, m.place(max(free, c.W()/3)), theme.Text)
	left := m.drawRates(c, x+8+min(canvas.Width(look.Word), 40))
	ink := look.Ink
	if look.Loud() {
		ink |= theme.Bold
	}
	c.Text(x+3, 0, canvas.Cut(look.Symbol+" "+look.Word, left-x-3), ink)
	m.drawTabs(c.Rows(1, 1))
}

// leastRates is what the errors take at the right of the header, with what stands between its parts.
const leastRates = 18

// place is the context and the namespace in at most w cells. Both keep their ends where they are long; what one does not
// need, the other has.
func (m *model) place(w int) string {
	context, namespace := m.world.Snap.Context, m.world.Snap.Namespace
	if context == "" {
		return canvas.Middle(namespace, w)
	}
	const between = " · "
	w -= canvas.Width(between)
	context = canvas.Middle(context, max(w/2, w-canvas.Width(namespace)))
	return context + between + canvas.Middle(namespace, w-canvas.Width(context))
}

// drawRates draws the chain's rates at the right, as many as fit after column least, and returns where they begin.
func (m *model) drawRates(c canvas.Canvas, least int) int {
	load := m.world.Traffic.Load
	if load == nil || m.world.Snap.Conn.Phase == state.Connecting {
		return c.W()
	}
	s := load.Recent
	answered := s.OK + s.Failed
	parts := []string{fmt.Sprintf("%5s req/s", units.Rate(s.Rate))}
	if answered > 0 {
		parts = append(parts,
			fmt.Sprintf("p50 %7s", units.Latency(millis(s.P50))),
			fmt.Sprintf("p95 %7s", units.Latency(millis(s.P95))),
			fmt.Sprintf("%6s err", units.Percent(float64(s.Failed)/float64(answered))))
	}
	for _, drop := range []int{1, 1, 0} { // p50 gives way first, then p95, then the rate
		if canvas.Width(strings.Join(parts, "  ")) > c.W()-1-least && len(parts) > drop+1 {
			parts = slices.Delete(parts, drop, drop+1)
		}
	}
	x := c.W() - 1
	for i := len(parts) - 1; i >= 0; i-- {
		ink := theme.Muted
		if strings.HasSuffix(parts[i], "err") && s.Failed > 0 {
			ink = theme.Fail
		}
		x = c.Right(x, 0, parts[i], ink) - 2
	}
	return x
}

// drawTabs draws the pages, the way into this one, and the connection.
func (m *model) drawTabs(c canvas.Canvas) {
	x := 1
	for i, p := range m.pages {
		name := fmt.Sprintf("%d %s", i+1, title(p.ID()))
		tab := c.Sub(x, 0, canvas.Width(name), 1)
		tab.Zone(tabZone(i))
		if i == m.at {
			tab.Text(0, 0, name, theme.Text|theme.Bold|theme.Underline)
		} else {
			tab.Text(0, 0, name, theme.Muted)
			tab.Text(0, 0, name[:1], theme.Accent)
		}
		x += canvas.Width(name) + 2
	}
	crumbs := m.page().Crumbs(&m.world)
	if len(crumbs) == 0 {
		m.drawConnection(c, x)
		return
	}
	way := "› " + strings.Join(crumbs, " › ")
	end := m.drawConnection(c, x+canvas.Width(way)+2)
	for len(crumbs) > 1 && canvas.Width(way) > end-x-2 { // the end of the way says where one is
		crumbs = crumbs[1:]
		way = "› … › " + strings.Join(crumbs, " › ")
	}
	c.Text(x, 0, canvas.Middle(way, end-x-2), theme.Text)
}

// drawConnection draws how fresh the data is and what I may do, at the right of column least, and returns where it
// begins. Where the room is short, it says less: that something is wrong stays longest.
func (m *model) drawConnection(c canvas.Canvas, least int) int {
	conn := m.world.Snap.Conn
	look := theme.OfPhase(conn.Phase)
	long, short := look.Word, look.Word
	switch since := units.Span(m.world.Now.Sub(conn.Since)); conn.Phase {
	case state.Stale:
		long, short = "stale since "+since+", retrying", "stale "+since
	case state.Connecting:
		long = "connecting, " + since
	}
	says := []string{long + " · read-write", long, short}
	if m.world.Session.ReadOnly {
		says = []string{long + " · read-only", short + " · read-only", short}
		if conn.Phase == state.Live {
			says[2] = "read-only" // the green dot says the other half
		}
	}
	room := c.W() - 1 - least - canvas.Width(look.Symbol+" ")
	fits := slices.IndexFunc(says, func(text string) bool { return canvas.Width(text) <= room })
	if fits < 0 {
		fits = len(says) - 1
	}
	words, rest := says[fits], ""
	if i := strings.Index(words, " · "); i >= 0 {
		words, rest = words[:i], words[i:]
	}
	ink := look.Ink
	if conn.Phase == state.Live {
		ink = theme.Muted
	}
	x := c.Right(c.W()-1, 0, rest, theme.Muted)
	x = c.Right(x, 0, words, ink)
	return c.Right(x-1, 0, look.Symbol, look.Ink)
}

func title(id string) string { return strings.ToUpper(id[:1]) + id[1:] }
