package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/dialog"
)

// runs are the actions under way, in the order in which they were started. At most one of them changes the cluster.
type runs []*dialog.Running

func (r *runs) add(d *dialog.Running) { *r = append(*r, d) }

func (r *runs) remove(d *dialog.Running) {
	*r = slices.DeleteFunc(*r, func(x *dialog.Running) bool { return x == d })
}

// changing is the action that changes the cluster; nil for none.
func (r runs) changing() *dialog.Running {
	for _, d := range r {
		if d.Mutates() {
			return d
		}
	}
	return nil
}

// busy is the title of the action that changes the cluster; empty for none.
func (r runs) busy() string {
	if d := r.changing(); d != nil {
		return d.Title()
	}
	return ""
}

// hidden is the action under way that has no dialog on screen: the changing one before others. Nil for none.
func (m *model) hidden() (newest *dialog.Running) {
	for _, d := range m.runs {
		if m.dialogs.Has(d) || d == m.guide.acting {
			continue
		}
		if d.Mutates() {
			return d
		}
		newest = d
	}
	return newest
}

// tellRuns keeps those without a dialog on screen up to date.
func (m *model) tellRuns(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, d := range m.runs {
		if !m.dialogs.Has(d) {
			cmd, _ := d.Update(&m.world, msg)
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}

// await waits until what was cut off by the dashboard's end is over and recorded, not longer than limit.
func (r runs) await(limit time.Duration) {
	late := time.Now().Add(limit)
	for _, d := range r {
		d.Await(time.Until(late))
	}
}

// showHidden puts a hidden action's progress back on screen, where it can be stopped.
func (m *model) showHidden() {
	if d := m.hidden(); d != nil {
		m.dialogs.Push(d)
	}
}

// stays tells why the session can't be left now: what it changes would be cut off half way.
func (m *model) stays() string {
	if busy := m.runs.busy(); busy != "" {
		return "waiting for: " + busy
	}
	return ""
}

// askQuit leaves the dashboard; while something is being changed, when it is asked to twice. A tour is put back anyway.
func (m *model) askQuit() tea.Cmd {
	changing := m.runs.changing()
	if changing == nil || m.guide.on() || m.warned == changing && m.notices.shows(quitAgain) {
		return m.quit()
	}
	m.warned = changing
	return m.notices.add(changing.Title()+" is under way: "+quitAgain, true, m.world.Now)
}

// quitAgain says what a second key does. It does that for as long as this is on screen.
const quitAgain = "once more to stop it and quit"
