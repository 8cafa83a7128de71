package chain

import (
	"math/rand/v2"
	"time"

	tea "charm.land/bubbletea/v2"
)

// frame is the time between two pictures while marks move. It is slow enough to cost little, and fast enough to be
// seen as movement.
const frame = 125 * time.Millisecond

// maxMarks bounds how many requests are shown on their way; a chain under heavy load shows a stream of them.
const maxMarks = 64

// tick moves the marks. A tick of an older epoch is one that was not stopped in time, and moves nothing.
type tick struct{ epoch int }

// mark is one request on its way: it walks the arrow to a link, waits there as the link takes its time, and goes on.
type mark struct {
	link   int     // the arrow it is on, or the link it is in
	at     int     // cell of the arrow
	wait   float64 // frames left inside the link; 0 while it is on the arrow
	failed float64 // frames left to show that it failed
}

// hop is what the marks need to know of a link.
type hop struct {
	length int     // cells of the arrow to it
	self   float64 // ms
	errors float64 // share that begins here
	closed bool    // nothing gets through: it has no ready pod
}

// motion is the requests being shown. They are not the real ones one by one: they follow the real rate, times and
// failures.
type motion struct {
	marks   []mark
	due     float64 // frames until the next request enters
	running bool
	epoch   int
	random  *rand.Rand
}

// start makes the marks move if they don't, and there is something to show.
func (m *motion) start(rate float64) tea.Cmd {
	if m.running || rate <= 0 && len(m.marks) == 0 {
		return nil
	}
	m.running = true
	m.epoch++
	return m.next()
}

func (m *motion) stop() { m.running, m.marks = false, nil }

func (m *motion) next() tea.Cmd {
	epoch := m.epoch
	return tea.Tick(frame, func(time.Time) tea.Msg { return tick{epoch} })
}

// step moves everything by one frame, and tells whether there is more to come.
func (m *motion) step(hops []hop, rate float64) (more bool) {
	if m.random == nil {
		m.random = rand.New(rand.NewPCG(1, 2)) // looks only: a fixed seed keeps tests still
	}
	kept := m.marks[:0]
	for _, k := range m.marks {
		if k.link < len(hops) && m.walk(&k, hops) {
			kept = append(kept, k)
		}
	}
	m.marks = kept
	m.enter(len(hops), rate)
	return rate > 0 || len(m.marks) > 0
}

// walk moves one mark, and tells whether it is still there.
func (m *motion) walk(k *mark, hops []hop) bool {
	h := hops[k.link]
	switch {
	case k.failed > 0:
		k.failed--
		return k.failed > 0
	case k.wait > 0:
		if k.wait--; k.wait <= 0 {
			k.link, k.at, k.wait = k.link+1, 0, 0
		}
		return k.link < len(hops)
	}
	if k.at += 1 + h.length/12; k.at < h.length {
		return true
	}
	k.at = h.length - 1
	if h.closed || m.random.Float64() < h.errors {
		k.failed = 6
	} else {
		k.wait = 1 + min(h.self/25, 24) // 25 ms are shown as one frame, so that a slow hop is seen to hold on
	}
	return true
}

// enter lets requests into the chain, at most one each second frame.
func (m *motion) enter(links int, rate float64) {
	if links == 0 || rate <= 0 {
		m.due = 0
		return
	}
	if m.due -= 1; m.due > 0 || len(m.marks) >= maxMarks {
		return
	}
	m.marks = append(m.marks, mark{})
	m.due = max(float64(time.Second/frame)/rate, 2)
}
