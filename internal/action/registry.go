package action

import "slices"

// All are the actions on a chain, in the order in which help and palette show them. The dashboard adds those that are
// its own (pages, cursor, folds). The slice is the caller's.
func All() []Action { return slices.Concat(changes(), shows()) }

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
