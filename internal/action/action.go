// Package action is the one registry of what a user can do. The dashboard's keys, its help, palette and dialogs, the
// key reference in the docs, and the command line's commands all read it, so that they cannot drift apart.
package action

import (
	"context"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Action is one thing that a user can do.
type Action struct {
	ID      string   // stable, such as "resize"; also the command's name on the command line
	Title   string   // a few words that begin with a verb, such as "Resize the chain"
	Help    string   // one sentence: what it does, and to what
	Key     string   // on the dashboard, in Bubble Tea's words ("r", "ctrl+s"); empty for palette only
	Pages   []string // the dashboard's pages where Key acts, by name in lower case; empty for all
	Mutates bool     // changes the cluster; refused by the writer when it is read-only
	Asks    bool     // shows its Plan and asks before it runs
	Params  []Param  // what it needs to know, in order

	// Guard tells why the action can't run now, in words for the user; empty when it can.
	Guard func(Scene) string
	// Plan says what Run would change, without changing it. Nil for actions that change nothing in the cluster.
	Plan func(context.Context, Deps, Args) (Plan, error)
	// Run does it. It reports progress as often as something happens, from one goroutine. Nil for actions of the
	// dashboard alone (pages, filters, folds): those are told apart by ID.
	Run func(context.Context, Deps, Args, func(Progress)) (Result, error)
}

// Scene is what an action's guard may look at.
type Scene struct {
	Snapshot *state.Snapshot // never nil
	ReadOnly bool
	Busy     string // title of the changing action under way; empty for none
	Link     int    // chosen on screen; -1 for none
	Pod      string // chosen on screen; empty for none
	// First is Deps.First; nil where nobody set anything.
	First func() (chain.Spec, chain.Load, error)
}

// Param is one thing that an action needs to know: a field of its form, and an argument or flag of its command.
type Param struct {
	Name    string // of the flag, such as "latency"
	Label   string // of the field, such as "Added latency"
	Kind    Kind
	Default func(Scene) string // what the form starts with; nil for nothing
	Help    string
	// Proposes says that Default is a proposal: left as it stands it counts as not given, so that a change changes what was
	// typed and nothing else.
	Proposes bool
	// Offers are texts that complete what is typed, as they are known while it is; nil for none.
	Offers func() []string
}

// Kind is what a parameter's text has to be.
type Kind string

// The kinds of parameters.
const (
	Text     Kind = "text"
	Integer  Kind = "integer"
	Number   Kind = "number"
	Percent  Kind = "percent"  // a probability; "30%" or "0.3"
	Duration Kind = "duration" // as Go writes it: 150ms
	Links    Kind = "links"    // links by index or name, separated by spaces; empty for all
	Link     Kind = "link"     // one link
)

// Args are parameters' values by name, as text. A parameter that was not given is absent.
type Args map[string]string

// Step is an action by its ID, with its arguments.
type Step struct {
	ID   string
	Args Args
}

// Plan is what an action would do, for people to read before they say yes.
type Plan struct {
	Title   string
	Lines   []PlanLine
	Diff    string // unified, of the objects' YAML by a server-side dry run; empty when nothing differs
	Nothing bool   // it would change nothing
	Refused bool   // fields of it are other managers', as its lines say: Run fails there without Deps.Force
}

// PlanLine is one line of a plan: "new", "2 Deployments, 2 Services".
type PlanLine struct{ Label, Text string }

// Progress is a moment of a running action.
type Progress struct {
	Step    string // what is being done, such as "waiting for link 3"
	Done    int    // of Total; both 0 when it can't be counted
	Total   int
	Message string // something worth keeping, such as a retry; empty for none
}

// Result is how an action ended.
type Result struct {
	Summary string   // what happened, in a sentence
	Details []string // to be read below it
	Wrong   bool     // it went well, and what it found is not as it should be
	Undo    string   // the command that undoes it, such as "chaintui resize 6"; empty when nothing does
	UndoBy  *Step    // the action that does the same as that command; nil when none does
	Trace   string   // id of a trace to show; empty for none
	Address string   // of a port-forward; empty for none
}
