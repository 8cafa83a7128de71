// Package page is the contract between the dashboard's frame and its pages: what a page is given, what it answers,
// and the messages by which it asks the frame for something.
package page

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// World is what all pages see. Pages read it and never change it.
type World struct {
	Ctx     context.Context        // of the session: commands run under it
	Now     time.Time              // of the current second
	Snap    *state.Snapshot        // never nil
	Traffic *feed.Traffic          // never nil
	Session *feed.Session          // never nil
	Motion  bool                   // things may move
	Still   bool                   // the clock stands still, in a test: nothing is waited for
	KeyOf   func(id string) string // the key of an action; empty without one
	WhyNot  func(id string) string // why an action can't run now; empty when it can
	Work    *Work
	Width   int    // of the page's body
	SaveDir string // where files are saved; empty for the current folder
}

// clocks is how much our clock may differ from the cluster's.
const clocks = 10 * time.Second

// Since is how long ago something was, so that what is asked for since then has it by the cluster's clock too.
func (w *World) Since(at time.Time) time.Duration { return max(w.Now.Sub(at), 0) + clocks }

// Page is one of the dashboard's pages. Its methods run one at a time.
type Page interface {
	// ID is the page's name in lower case, as action.Action.Pages has it.
	ID() string
	// Do performs one of the dashboard's own actions (cursor keys included) by its ID.
	Do(w *World, id string) tea.Cmd
	// Disabled tells why an action makes no sense now; empty when it does.
	Disabled(w *World, id string) string
	// Update takes any other message: answers to the page's commands, clicks, new snapshots.
	Update(w *World, msg tea.Msg) tea.Cmd
	// Draw draws the page. It does no I/O and is cheap.
	Draw(w *World, c canvas.Canvas)
	// Chosen is what the user has chosen here, for actions to work on.
	Chosen(w *World) Chosen
	// Crumbs is where in the page the user is; empty at its top.
	Crumbs(w *World) []string
	// Back leaves the innermost thing that the page has opened, and tells whether there was one.
	Back(w *World) bool
}

// Filterer is a page that `/` filters or searches.
type Filterer interface {
	Filter() string
	SetFilter(w *World, text string) tea.Cmd
}

// Chosen is what actions of a page work on.
type Chosen struct {
	Link int    // -1 for none
	Pod  string // empty for none
	Copy string // what `y` copies
}

// Nothing is chosen.
var Nothing = Chosen{Link: -1}

// Link is the choice of link i.
func Link(i int) Chosen { return Chosen{Link: i} }
