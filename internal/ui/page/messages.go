package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
)

// Open asks for another page, and for something on it.
type Open struct {
	Page  string
	Link  int // -1 for any
	Pod   string
	Trace string
	// When the trace was, by the clocks of the pods; zero where that is not known.
	From, To time.Time
}

// Act asks for an action by its ID, with what is known of its parameters.
type Act struct {
	ID   string
	Args action.Args
}

// Tell asks for a notice.
type Tell struct {
	Text string
	Bad  bool
}

// Show asks for a dialog that shows text, such as an object's YAML. Load runs as a command.
type Show struct {
	Title string
	Load  func() (string, error)
}

// Ask asks for a form. Done runs with its values when the user has filled it in.
type Ask struct {
	Title, Help string
	Params      []action.Param
	Done        func(w *World, args map[string]string) tea.Cmd
}

// Clicked is a click on a zone that the page has drawn. Double is a second click on the same.
type Clicked struct {
	ID     any
	Double bool
}

// Wheeled is a turn of the wheel; Delta is in rows.
type Wheeled struct{ Delta int }

// Fresh says that the world has a new snapshot or traffic.
type Fresh struct{ Snapshot, Traffic bool }

// Shown says that the page is now on screen.
type Shown struct{}

// Hidden says that it is not any more.
type Hidden struct{}
