package ui

// idle asks to be told when the dashboard is at rest: nothing is under way, and what is on screen is of at least a
// snapshot's version. Tests wait for it instead of for time.
type idle struct {
	version uint64
	reply   chan<- string
}

// rest answers those who wait for the dashboard to be at rest, with the screen as plain text.
func (m *model) rest() {
	if len(m.waiters) == 0 || !m.world.Work.Idle() {
		return
	}
	kept := m.waiters[:0]
	for _, w := range m.waiters {
		if m.world.Snap.Version < w.version {
			kept = append(kept, w)
			continue
		}
		m.draw()
		w.reply <- m.screen.String()
	}
	m.waiters = kept
}
