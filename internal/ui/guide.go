package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// guide leads through a tour: it does what the tour asks for, and shows its captions in a band above the footer.
type guide struct {
	tour    *tour.Tour      // nil for none
	acting  *dialog.Running // the tour's own action under way
	polls   int             // answered
	blocked string          // why the tour's next action can't run now
}

// The tour's keys. It takes them before the page does; dialogs come first.
const (
	forwardKey = "enter"
	leaveKey   = "Q"
)

// guideZone is a key of the band.
type guideZone string

// guideRows is the height of the band.
const guideRows = 3

func (g *guide) on() bool { return g.tour != nil && !g.tour.Over() }

func (g *guide) height() int {
	if !g.on() {
		return 0
	}
	return guideRows
}

// key takes a key, if it is the tour's.
func (g *guide) key(key string, v tour.View) bool {
	switch {
	case !g.on():
		return false
	case key == forwardKey:
		g.tour.Forward(v)
	case key == leaveKey:
		g.tour.Leave()
	default:
		return false
	}
	return true
}

// objects tells why an action of the dashboard's own must not be performed during a tour: its beginning is to be put
// back in the chain that it was found in.
func (g *guide) objects(id string) string {
	if g.on() && (id == "context" || id == "namespace") {
		return "leave the tour first (" + leaveKey + ")"
	}
	return ""
}

// ended tells the tour what its action came to, and whether it was the tour's.
func (g *guide) ended(e dialog.Ended, now time.Time) bool {
	if g.acting == nil || g.acting != e.Running {
		return false
	}
	g.acting = nil
	g.tour.Ran(e.Result, e.Err, now)
	return true
}

// look is what the tour looks at.
func (m *model) look() tour.View {
	return tour.View{Now: m.world.Now, Snap: m.world.Snap, Traffic: m.world.Traffic, Polls: m.guide.polls}
}

// lead does what the tour wants to be done next, until it has to wait for something.
func (m *model) lead() tea.Cmd {
	if !m.guide.on() || m.world.Snap.Conn.Phase == state.Connecting {
		return nil
	}
	var cmds []tea.Cmd
	for {
		o := m.guide.tour.Next(m.look())
		switch {
		case o.Show != nil && o.Show.Trace != "":
			cmds = append(cmds, m.show(page.Open{Page: "traces", Link: o.Show.Link, Trace: o.Show.Trace}))
			continue
		case o.Show != nil:
			cmds = append(cmds, m.show(page.Open{Page: "chain", Link: o.Show.Link}))
			continue
		case o.Act != nil && m.perform(o.Act, &cmds):
			continue
		case o.Stop:
			m.guide.acting.Stop()
		case o.Quit:
			cmds = append(cmds, m.quit())
		}
		return tea.Batch(cmds...)
	}
}

// perform starts an action of the tour, if it can run now.
func (m *model) perform(act *tour.Act, cmds *[]tea.Cmd) bool {
	a := m.byID(act.ID)
	if m.guide.blocked = m.disabled(a); m.guide.blocked != "" {
		return false
	}
	running, cmd := dialog.NewRunning(&m.world, dialog.Started{Action: *a, Args: act.Args, NoWait: act.NoWait})
	m.runs.add(running)
	m.guide.acting = running
	m.guide.tour.Started(m.world.Now)
	*cmds = append(*cmds, cmd)
	return true
}

// drawGuide draws the band: how far the tour is, what can be done, and below it the caption.
func (m *model) drawGuide(c canvas.Canvas) {
	if !m.guide.on() {
		return
	}
	caption := m.guide.tour.Caption(m.look())
	c.Row(0, 0, c.W(), "─", theme.Accent)
	x := c.Text(1, 0, " tour "+caption.Step+" ", theme.Accent|theme.Bold)
	x = c.Text(x, 0, " "+sanitise.Line(caption.Title)+" ", theme.Text|theme.Bold)
	end := c.W() - 2
	if caption.Leave {
		end = drawGuideKey(c, end, leaveKey, "leave")
	}
	if caption.Next != "" {
		end = drawGuideKey(c, end, forwardKey, caption.Next)
	}
	status := caption.Status
	switch {
	case m.guide.acting != nil:
		status = m.guide.acting.Line()
	case m.guide.blocked != "":
		status = "waiting: " + m.guide.blocked
	}
	if status != "" {
		c.Text(x+1, 0, " "+canvas.Cut(sanitise.Line(status), end-x-3)+" ", theme.Accent)
	}
	ink, text := theme.Text, sanitise.Line(caption.Text)
	if caption.Bad {
		ink, text = theme.Fail, "✗ "+text
	}
	for y, line := range canvas.Wrap(text, c.W()-2) {
		c.Text(1, 1+y, line, ink)
	}
}

// drawGuideKey draws a key of the band, ending before column x.
func drawGuideKey(c canvas.Canvas, x int, key, word string) int {
	end := x
	x = c.Right(x, 0, " "+word+" ", theme.Muted)
	x = c.Right(x, 0, " "+key, theme.Accent|theme.Bold)
	c.Sub(x, 0, end-x, 1).Zone(guideZone(key))
	return x
}
