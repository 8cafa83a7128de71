package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// sessionState is the session on screen. Answers that carry another number belong to one that was left.
type sessionState struct {
	number  int
	cancel  context.CancelFunc
	close   func()
	polling bool
}

type opened struct {
	number  int
	session *feed.Session
	cancel  context.CancelFunc
	ctx     context.Context
	err     error
}

type snapshot struct {
	number int
	snap   *state.Snapshot
}

type traffic struct {
	number  int
	traffic *feed.Traffic
	err     error
}

// open leaves the session on screen and opens another.
func (m *model) open(kubeContext, namespace string) tea.Cmd {
	m.leave()
	m.session.number++
	number := m.session.number
	m.world.Snap = &state.Snapshot{Context: kubeContext, Namespace: namespace, Conn: state.Conn{Phase: state.Connecting, Since: m.world.Now}}
	m.world.Traffic = &feed.Traffic{}
	m.world.Session = &feed.Session{Context: kubeContext, Namespace: namespace, ReadOnly: m.options.ReadOnly}
	opener, parent := m.options.Open, m.ctx
	return m.world.Work.Do(func() tea.Msg {
		ctx, cancel := context.WithCancel(parent)
		s, err := opener(ctx, kubeContext, namespace)
		return opened{number, s, cancel, ctx, err}
	})
}

// leave ends the session on screen, with everything that it runs.
func (m *model) leave() {
	if m.session.cancel != nil {
		m.session.cancel()
	}
	if m.session.close != nil {
		m.session.close()
	}
	m.session.cancel, m.session.close, m.session.polling = nil, nil, false
}

// feed takes what the session brings.
func (m *model) feed(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case opened:
		return m.opened(msg)
	case snapshot:
		if msg.number != m.session.number {
			return nil
		}
		var expired tea.Cmd
		if needsLogin(msg.snap) && !needsLogin(m.world.Snap) && len(msg.snap.Links) > 0 { // else the page is blank and says so
			expired = m.notices.add(m.keyOf("login")+" logs in again: "+msg.snap.Conn.Err, true, m.world.Now)
		}
		m.world.Snap = msg.snap
		return tea.Batch(expired, m.watch(), m.tellAll(page.Fresh{Snapshot: true}))
	case traffic:
		if msg.number != m.session.number {
			return nil
		}
		m.session.polling = false
		m.guide.polls++
		if msg.err != nil {
			m.world.Traffic = &feed.Traffic{Err: msg.err.Error()}
		} else if msg.traffic != nil {
			m.world.Traffic = msg.traffic
		}
		return m.tellAll(page.Fresh{Traffic: true})
	}
	return nil
}

func (m *model) opened(msg opened) tea.Cmd {
	if msg.number != m.session.number {
		msg.cancel()
		if msg.session != nil && msg.session.Close != nil {
			msg.session.Close()
		}
		return nil
	}
	m.session.cancel = msg.cancel
	if msg.err != nil {
		m.world.Snap = &state.Snapshot{
			Context: m.world.Snap.Context, Namespace: m.world.Snap.Namespace,
			Conn: state.Conn{Phase: state.Unusable, Since: m.world.Now, Err: msg.err.Error()},
		}
		return nil
	}
	m.session.close = msg.session.Close
	m.world.Session, m.world.Ctx = msg.session, msg.ctx
	return tea.Batch(m.watch(), m.poll(), m.tellAll(page.Fresh{}))
}

// watch waits for the next snapshot.
func (m *model) watch() tea.Cmd {
	number, snapshots, ctx := m.session.number, m.world.Session.Snapshots, m.world.Ctx
	if snapshots == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case s, ok := <-snapshots:
			if ok {
				return snapshot{number, s}
			}
		case <-ctx.Done():
		}
		return nil
	}
}

// pollTimeout bounds one question for the traffic.
const pollTimeout = 5 * time.Second

// poll asks for the traffic, unless it was asked for and has not answered, or there is no chain to ask.
func (m *model) poll() tea.Cmd {
	source := m.world.Session.Traffic
	if source == nil || m.session.polling {
		return nil
	}
	m.session.polling = true
	number, parent := m.session.number, m.world.Ctx
	return m.world.Work.Do(func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, pollTimeout)
		defer cancel()
		t, err := source.Traffic(ctx)
		return traffic{number, t, err}
	})
}
