// Package chain is the Chain page: the chain as a picture, from load generator to tail, live.
package chain

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/heat"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// glowFor is how long a link that changed stands out.
const glowFor = 500 * time.Millisecond

// Page is the Chain page.
type Page struct {
	chosen int
	picked bool // the user has chosen; until then the link that needs a look is
	offset int  // first row shown
	aimed  aim  // what the offset was made for
	want   form
	shown  form // as it was drawn last
	across int  // links in a row of what was drawn last
	lay    layout
	motion motion
	onPage bool
	find   string // what is looked for among the links
	place  string // context and namespace of the chain that all this is about

	looks  map[string]theme.Look // by service, to see what changed
	glows  map[string]time.Time  // until when
	scaled *feed.Traffic         // what scale was made of
	scale  float64               // of all sparklines, in ms
}

// New is the page before anything is known.
func New() *Page { return &Page{across: 1, shown: cards} }

// ID is "chain".
func (p *Page) ID() string { return "chain" }

// unglow redraws the page when a glow is over.
type unglow struct{}

// Update takes new snapshots, clicks and the marks' ticks.
func (p *Page) Update(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Fresh:
		p.arrive(w)
		return tea.Batch(p.changed(w), p.move(w))
	case page.Open:
		if msg.Link >= 0 {
			p.choose(w, msg.Link)
		}
	case page.Shown:
		p.onPage = true
		return p.move(w)
	case page.Hidden:
		p.onPage = false
		p.motion.stop()
	case tick:
		if msg.epoch == p.motion.epoch && p.motion.running {
			if p.motion.step(p.hops(w), rate(w)) && p.moving(w) {
				return p.motion.next()
			}
			p.motion.stop()
		}
	case page.Clicked:
		if i, ok := msg.ID.(int); ok {
			p.choose(w, i)
			if msg.Double {
				return p.Do(w, "open")
			}
		}
	case page.Wheeled:
		p.offset = max(p.offset+msg.Delta, 0)
	}
	return nil
}

// arrive begins anew where the chain is another one: what was chosen of the last means nothing here.
func (p *Page) arrive(w *page.World) {
	place := w.Session.Context + "\n" + w.Session.Namespace
	if p.place != "" && p.place != place {
		*p = Page{across: 1, shown: cards, onPage: p.onPage, motion: motion{epoch: p.motion.epoch}}
	}
	p.place = place
}

// changed remembers which links look different from before, so that they glow for a moment.
func (p *Page) changed(w *page.World) tea.Cmd {
	p.chosen = min(max(p.chosen, 0), max(len(w.Snap.Links)-1, 0))
	if !p.picked {
		p.chosen = loudest(w)
	}
	first := p.looks == nil
	looks := make(map[string]theme.Look, len(w.Snap.Links))
	if p.glows == nil {
		p.glows = map[string]time.Time{}
	}
	var cmd tea.Cmd
	for i := range w.Snap.Links {
		l := &w.Snap.Links[i]
		looks[l.Service] = Look(l, w.Traffic.Links[l.Service])
		if !first && p.looks[l.Service] != looks[l.Service] && w.Motion {
			p.glows[l.Service] = time.Now().Add(glowFor)
			cmd = tea.Tick(glowFor, func(time.Time) tea.Msg { return unglow{} })
		}
	}
	for service, until := range p.glows {
		if time.Now().After(until) {
			delete(p.glows, service)
		}
	}
	if len(w.Snap.Links) > 0 {
		p.looks = looks
	}
	return cmd
}

func (p *Page) glowing(l *state.Link) bool {
	until, ok := p.glows[l.Service]
	return ok && time.Now().Before(until)
}

// rate is the requests per second that enter the chain.
func rate(w *page.World) float64 {
	if load := w.Traffic.Load; load != nil && w.Snap.Conn.Phase == state.Live {
		return load.Recent.Rate
	}
	return 0
}

func (p *Page) moving(w *page.World) bool { return p.onPage && w.Motion && p.shown == cards }

func (p *Page) move(w *page.World) tea.Cmd {
	if !p.moving(w) {
		return nil
	}
	return p.motion.start(rate(w))
}

// hops are those that requests take: not those to links that the published order does not have yet.
func (p *Page) hops(w *page.World) []hop {
	out := make([]hop, 0, len(w.Snap.Links))
	order := w.Snap.Live.Order
	for i := range w.Snap.Links {
		l := &w.Snap.Links[i]
		if i >= len(p.lay.arrows) || len(order) > 0 && !slices.Contains(order, l.Service) {
			break
		}
		t := w.Traffic.Links[l.Service]
		h := hop{length: len(p.lay.arrows[i]), self: float64(t.Self) / float64(time.Millisecond), closed: l.ReadyPods == 0}
		if t.Origin {
			h.errors = t.Errors
		}
		out = append(out, h)
	}
	return out
}

// Draw draws the picture, and below or beside it what is known of the chosen link.
func (p *Page) Draw(w *page.World, c canvas.Canvas) {
	if len(w.Snap.Links) == 0 {
		drawEmpty(w, c)
		return
	}
	picture, pane := split(c)
	all := items(w)
	p.shown, p.lay = choose(p.want, picture.W(), picture.H(), len(all))
	if spare := picture.H() - p.lay.height - 1; p.shown == cards && pane.W() == c.W() && spare > 0 && spare < leastLatency {
		pane = c.Rows(c.H()-pane.H()-spare, pane.H()+spare)
		picture = c.Rows(0, c.H()-pane.H())
	}
	p.across = 1
	switch p.shown {
	case cards:
		p.across = p.lay.perRow
		p.offset = p.follow(p.lay.cards[p.chosen].y, p.lay.cards[p.chosen].h, picture.H(), p.lay.height)
		p.drawCards(w, picture, all)
		drawLatency(w, picture.Rows(p.lay.height+1, picture.H()-p.lay.height-1))
	case lines:
		p.offset = p.follow(p.chosen, 1, picture.H()-1, len(all))
		drawLines(picture, all, p.marks(all), p.offset, p.sparkTop(w, all), w.Now)
	default:
		p.across = mapColumns(picture.W())
		p.offset = p.follow(p.chosen/p.across, 1, picture.H(), (len(all)+p.across-1)/p.across)
		drawMap(picture, all, p.marks(all), p.offset)
	}
	drawPane(w, pane, all[p.chosen])
}

func (p *Page) marks(all []item) marks {
	return marks{
		chosen: p.chosen,
		glow:   func(i int) bool { return p.glowing(all[i].Link) },
		found:  func(i int) bool { return matches(all[i], p.find) },
	}
}

// leastLatency is how many rows a picture of latencies takes at least. Where fewer are left below a short chain, the pane
// has them.
const leastLatency = 8

// drawLatency fills the room below a short chain with what its requests took.
func drawLatency(w *page.World, c canvas.Canvas) {
	if c.H() < leastLatency || len(w.Traffic.Recent) < 2 {
		return
	}
	c = c.Rows(1, min(c.H()-1, 24))
	c.Text(1, 0, "latency of the newest requests", theme.Muted)
	heat.Draw(c.Rows(1, c.H()-1), w.Traffic.Recent, w.Traffic.Past, w.Now)
}

// sparkTop is the sparklines' scale, made once for each traffic.
func (p *Page) sparkTop(w *page.World, all []item) float64 {
	if p.scaled != w.Traffic {
		p.scaled, p.scale = w.Traffic, sparkTop(all)
	}
	return p.scale
}

// aim is a choice on a page of a height, of so many rows.
type aim struct{ chosen, height, total int }

// follow is the offset that brings rows y to y+h on screen, once they were chosen.
func (p *Page) follow(y, h, height, total int) int {
	offset := p.offset
	if at := (aim{p.chosen, height, total}); p.aimed != at { // until then the wheel may leave it
		offset = max(min(offset, y), y+h-height)
		p.aimed = at
	}
	return min(max(offset, 0), max(total-height, 0))
}

// split divides the page: a pane beside the picture on wide screens, below it on others.
func split(c canvas.Canvas) (picture, pane canvas.Canvas) {
	if c.W() >= 160 {
		w := min(c.W()/3, 72)
		return c.Sub(0, 0, c.W()-w-2, c.H()), c.Sub(c.W()-w, 0, w, c.H())
	}
	h := min(max(c.H()/3, 4), 14)
	return c.Rows(0, c.H()-h), c.Rows(c.H()-h, h)
}

func (p *Page) drawCards(w *page.World, c canvas.Canvas, all []item) {
	drawGutter(w, c, p.offset)
	top := p.sparkTop(w, all)
	for i, it := range all {
		drawArrow(c, p.lay.arrows[i], p.offset, it.Idle || rate(w) == 0)
		r := p.lay.cards[i]
		if r.y-p.offset < 0 && r.y+r.h <= p.offset {
			continue
		}
		card := c.Sub(r.x, r.y-p.offset, r.w, r.h)
		drawCard(card, it, i == p.chosen, p.glowing(it.Link), top, w.Now)
		card.Zone(i)
	}
	for _, m := range p.motion.marks {
		if m.link < len(p.lay.arrows) && (m.wait <= 0 || m.failed > 0) {
			path := p.lay.arrows[m.link]
			drawMark(c, path[min(m.at, len(path)-1)], p.offset, m.failed > 0)
		}
	}
}
