package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// noticeFor is how long a notice stays; a bad one stays twice as long.
const noticeFor = 4 * time.Second

// notices are short texts above the footer. The newest is shown.
type notices struct{ all []notice }

type notice struct {
	text  string
	bad   bool
	until time.Time
}

// foreign is something that others wanted to write on the screen.
type foreign string

func (n *notices) add(text string, bad bool, now time.Time) tea.Cmd {
	until := now.Add(noticeFor)
	if bad {
		until = until.Add(noticeFor)
	}
	n.all = append(n.all, notice{sanitise.Line(text), bad, until})
	n.all = n.all[max(len(n.all)-20, 0):]
	return nil
}

func (n *notices) expire(now time.Time) {
	for len(n.all) > 0 && now.After(n.all[0].until) {
		n.all = n.all[1:]
	}
}

func (n *notices) newest() (notice, bool) {
	if len(n.all) == 0 {
		return notice{}, false
	}
	return n.all[len(n.all)-1], true
}

// shows tells whether a notice with that text is still there.
func (n *notices) shows(text string) bool {
	return slices.ContainsFunc(n.all, func(x notice) bool { return strings.Contains(x.text, text) })
}

// overhear waits for what others want to write.
func (m *model) overhear() tea.Cmd {
	source, ctx := m.options.Notices, m.ctx
	if source == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case text, ok := <-source:
			if ok {
				return foreign(text)
			}
		case <-ctx.Done():
		}
		return nil
	}
}
