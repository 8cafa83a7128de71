// Package ui is the dashboard: a terminal program that shows a chain live, changes it, and draws its traces.
//
// The root model holds what all pages see (page.World) and passes messages on. Pages draw on a canvas of cells; dialogs
// lie over them. Nothing here decides what is ready, slow or lost: that is read from snapshots, traffic and traces.
package ui

import (
	"io"
	"time"

	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/page/chain"
	"github.com/chaintui/chaintui/internal/ui/page/events"
	"github.com/chaintui/chaintui/internal/ui/page/help"
	"github.com/chaintui/chaintui/internal/ui/page/logs"
	"github.com/chaintui/chaintui/internal/ui/page/pods"
	"github.com/chaintui/chaintui/internal/ui/page/traces"
)

// Options are what the dashboard is started with. Open is required.
type Options struct {
	Open      feed.Opener     // opens the sessions
	Places    feed.Places     // for changing context and namespace; nil when that can't be
	Actions   []action.Action // what changes the chain; the dashboard adds its own
	Login     Login           // lets a credential plugin ask; nil when that can't be
	Context   string          // to begin with; empty for the kubeconfig's
	Namespace string          // likewise
	ReadOnly  bool            // said in the header until the session says so itself
	Theme     string          // one of theme.Names; empty for auto
	NoMotion  bool            // nothing moves
	Trace     string          // id of a trace to open at once
	Page      string          // to begin with; empty for Chain
	Tour      *tour.Tour      // a guided demonstration to give; nil for none. It is the dashboard's until that has ended
	Version   string          // of the program, for Help
	CrashDir  string          // where a crash file is written; empty for the temporary folder
	SaveDir   string          // where files are saved; empty for the current folder
	Notices   <-chan string   // what others wanted to write on the screen; may be nil

	Input   io.Reader            // nil for the terminal
	Output  io.Writer            // nil for the terminal
	Now     func() time.Time     // nil for the clock; a test's stands still
	Profile colorprofile.Profile // colours of the terminal; Unknown to find out
	Size    [2]int               // columns and rows when the output is no terminal
	Environ []string             // what the terminal says of itself, such as TERM=xterm; nil for the process's own
}

// pages are the dashboard's pages in the order of keys.Pages.
func pages(o Options) []page.Page {
	return []page.Page{chain.New(), pods.New(), traces.New(), events.New(), logs.New(), help.New(o.Version, actions(o))}
}

// actions are the registry's actions and the dashboard's own.
func actions(o Options) []action.Action {
	return append(append([]action.Action{}, o.Actions...), keys.Local()...)
}
