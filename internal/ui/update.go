package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Update passes each message on to whom it concerns, and draws what has become of the screen.
func (m *model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m // also when a panic is caught below
	if m.crash != nil {
		return m, tea.Quit // what is left of the model can't be trusted
	}
	defer m.caught(&cmd)
	m.last = fmt.Sprintf("%T", msg)
	m.dirty = true
	cmd = tea.Batch(m.update(msg), m.lead())
	m.draw()
	m.rest()
	return m, cmd
}

func (m *model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Worked:
		defer m.world.Work.Done()
		if msg.Msg == nil {
			return nil
		}
		return m.update(msg.Msg)
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	case second:
		return m.tick(time.Time(msg))
	case idle:
		m.waiters = append(m.waiters, msg)
		return nil
	case opened, snapshot, traffic:
		return m.feed(msg)
	case page.Open, page.Act, page.Tell, page.Show, page.Ask, dialog.Started, dialog.Ended, dialog.Pick:
		return m.request(msg)
	case page.Panicked:
		m.crash = &crash{msg.What, m.writeCrash(msg.What, msg.Stack)}
		return tea.Quit
	case loggedIn:
		return m.loggedIn(msg)
	}
	return m.terminal(msg)
}

// terminal handles what the terminal tells of itself; everything else is some page's or dialog's own.
func (m *model) terminal(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.world.Width = m.w
	case tea.BackgroundColorMsg:
		if m.auto && m.theme.Name != theme.ANSI && m.theme.Name != theme.None {
			m.setTheme(map[bool]string{true: theme.Dark, false: theme.Light}[msg.IsDark()])
		}
	case tea.ColorProfileMsg:
		m.profile(msg.Profile)
	case foreign:
		return tea.Batch(m.overhear(), m.notices.add(string(msg), true, m.world.Now))
	case tea.ResumeMsg:
		return tea.ClearScreen
	default:
		return m.tellAll(msg)
	}
	return nil
}

// profile chooses the theme that the terminal can show.
func (m *model) profile(p colorprofile.Profile) {
	m.colours = p
	m.setTheme(m.theme.Name)
}

// setTheme changes the theme, as far as the terminal can show it: without colours the chosen row would be one like all.
func (m *model) setTheme(name string) {
	switch {
	case m.colours == colorprofile.Unknown:
	case m.colours <= colorprofile.ASCII:
		name = theme.None
	case m.colours == colorprofile.ANSI && m.auto:
		name = theme.ANSI
	}
	if th, err := theme.Named(name); err == nil {
		m.theme = th
	}
}

// tick is one second: ages grow, old notices go, and the traffic is asked for.
func (m *model) tick(now time.Time) tea.Cmd {
	m.world.Now = now
	m.notices.expire(now)
	return tea.Batch(m.clock(), m.poll())
}
