package ui

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Login lets the credential plugin of a context ask on the terminal, which is its own meanwhile.
type Login func(ctx context.Context, kubeContext, namespace string, stdin io.Reader, stdout io.Writer) error

// loggedIn is the end of a login.
type loggedIn struct{ err error }

// needsLogin tells whether the session has no credentials because nobody could be asked for them.
func needsLogin(s *state.Snapshot) bool {
	u, ok := errors.AsType[*kube.Unauthorized](s.Conn.Cause)
	return ok && u.Plugin
}

// noLogin tells why there is nothing to log in to; empty when there is.
func (m *model) noLogin() string {
	switch {
	case !needsLogin(m.world.Snap):
		return "no credential plugin has to ask"
	case m.options.Login == nil:
		return "not available here"
	}
	return ""
}

// logIn leaves the session, which has no use, and gives the terminal away until the user has logged in.
func (m *model) logIn() tea.Cmd {
	m.leave()
	m.world.Work.Begin()
	s := m.world.Snap
	return tea.Exec(&loginCommand{login: func(stdin io.Reader, stdout io.Writer) error {
		return m.options.Login(m.ctx, s.Context, s.Namespace, stdin, stdout)
	}}, func(err error) tea.Msg { return loggedIn{err} })
}

// loggedIn opens the session again: with what was got, or to say again what is missing.
func (m *model) loggedIn(msg loggedIn) tea.Cmd {
	defer m.world.Work.Done()
	var cmd tea.Cmd
	if msg.err != nil {
		cmd = m.notices.add("not logged in: "+msg.err.Error(), true, m.world.Now)
	}
	return tea.Batch(cmd, m.open(m.world.Snap.Context, m.world.Snap.Namespace))
}

// loginCommand is a login as Bubble Tea runs what needs the terminal.
type loginCommand struct {
	login  func(stdin io.Reader, stdout io.Writer) error
	stdin  io.Reader
	stdout io.Writer
}

func (c *loginCommand) SetStdin(r io.Reader)  { c.stdin = r }
func (c *loginCommand) SetStdout(w io.Writer) { c.stdout = w }
func (c *loginCommand) SetStderr(io.Writer)   {}

// calm is how long the terminal stays given away at least after a login. Bubble Tea v2.0.9 stops its renderer's ticker in
// a goroutine that nobody waits for: taken back before that has run, the ticker would be stopped for good, and the
// screen would stand still.
const calm = 100 * time.Millisecond

func (c *loginCommand) Run() error {
	defer time.Sleep(calm)
	return c.login(c.stdin, c.stdout)
}
