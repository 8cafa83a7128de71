package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/dialog"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// model is the root: it holds what all pages see, and passes each message on to whom it concerns.
type model struct {
	options Options
	ctx     context.Context
	theme   *theme.Theme
	auto    bool // the theme follows the terminal

	world   page.World
	session sessionState
	pages   []page.Page
	at      int   // page on screen
	trail   []int // pages to go back to
	dialogs dialog.Stack
	filter  *input.Line // being typed; nil when not
	notices notices
	runs    runs
	warned  *dialog.Running // the action that a first attempt to quit has told of
	guide   guide
	actions []action.Action
	w, h    int
	click   lastClick
	colours colorprofile.Profile // that the terminal can show; Unknown until it has said so
	screen  canvas.Canvas        // as drawn last
	content string
	dirty   bool
	waiters []idle
	last    string // type of the last message, for a crash file
	crash   *crash // set when the program ends by a panic
	cancel  context.CancelFunc
}

func newModel(ctx context.Context, o Options) (*model, error) {
	th, err := theme.Named(o.Theme)
	if err != nil {
		return nil, err
	}
	m := &model{
		options: o, ctx: ctx, theme: th, auto: o.Theme == "" || o.Theme == theme.Auto,
		pages: pages(o), actions: actions(o), dirty: true, guide: guide{tour: o.Tour},
	}
	m.world = page.World{
		Ctx: ctx, Now: time.Now(), Snap: &state.Snapshot{Conn: state.Conn{Phase: state.Connecting, Since: time.Now()}, Context: o.Context, Namespace: o.Namespace},
		Traffic: &feed.Traffic{}, Session: &feed.Session{}, Motion: !o.NoMotion, KeyOf: m.keyOf, WhyNot: m.whyNot, Work: &page.Work{}, SaveDir: o.SaveDir,
	}
	if o.Page != "" {
		if m.at = slices.IndexFunc(m.pages, func(p page.Page) bool { return p.ID() == o.Page }); m.at < 0 {
			return nil, fmt.Errorf("page %q: want one of %s", o.Page, strings.Join(keys.Pages, ", "))
		}
	}
	m.w, m.h = o.Size[0], o.Size[1] // else the terminal tells it
	m.world.Width = m.w
	if o.Now != nil {
		m.world.Now, m.world.Still = o.Now(), true
	}
	return m, nil
}

// Init starts the clock, asks the terminal for its colours, and opens the session: the first frame waits for nothing.
func (m *model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.open(m.options.Context, m.options.Namespace), m.clock(), m.overhear(), m.tell(page.Shown{})}
	if m.auto {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if m.options.Trace != "" {
		cmds = append(cmds, m.world.Send(page.Open{Page: "traces", Link: -1, Trace: m.options.Trace}))
	}
	return tea.Batch(cmds...)
}

// page is the one on screen.
func (m *model) page() page.Page { return m.pages[m.at] }

// tell gives the page on screen a message.
func (m *model) tell(msg tea.Msg) tea.Cmd { return m.page().Update(&m.world, msg) }

// tellAll gives all pages and dialogs a message: the answer to a command that one of them gave, which knows its own.
func (m *model) tellAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(m.pages)+1)
	for _, p := range m.pages {
		cmds = append(cmds, p.Update(&m.world, msg))
	}
	return tea.Batch(append(cmds, m.tellRuns(msg), m.dialogs.Update(&m.world, msg))...)
}

// scene is what the actions' guards look at.
func (m *model) scene() action.Scene {
	chosen := m.page().Chosen(&m.world)
	return action.Scene{Snapshot: m.world.Snap, ReadOnly: m.world.Session.ReadOnly, Link: chosen.Link, Pod: chosen.Pod, Busy: m.runs.busy(), First: m.world.Session.Deps.First}
}

// second is the clock's tick.
type second time.Time

func (m *model) clock() tea.Cmd {
	if m.options.Now != nil {
		return nil // a test's clock stands still
	}
	return tea.Every(time.Second, func(t time.Time) tea.Msg { return second(t) })
}
