package action

import "slices"

// Names of the dashboard's pages, as Action.Pages uses them.
const (
	PageChain  = "chain"
	PagePods   = "pods"
	PageTraces = "traces"
	PageTrace  = "trace" // the waterfall of one trace
	PageEvents = "events"
	PageLogs   = "logs"
	PageHelp   = "help"
)

// All are the actions there are, in the order in which help and palette show them. The slice is the caller's own.
func All() []Action {
	return slices.Concat(changes(), shows(), everywhere(), onPods(), onTraces(), onTrace(), onLogs())
}

// On are the actions that have a place on the page: those of all pages and its own.
func On(page string) []Action {
	return slices.DeleteFunc(All(), func(a Action) bool {
		return len(a.Pages) > 0 && !slices.Contains(a.Pages, page)
	})
}

// Find is the action with that ID.
func Find(id string) (Action, bool) {
	for _, a := range All() {
		if a.ID == id {
			return a, true
		}
	}
	return Action{}, false
}

// Why tells why the action can't run in this scene; empty when it can.
func (a Action) Why(s Scene) string {
	if a.Guard == nil {
		return ""
	}
	return a.Guard(s)
}
