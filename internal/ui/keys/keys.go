// Package keys lists what the dashboard itself can do (pages, cursor, filters, folds) as actions of the registry, so
// that keys, palette, help and the docs' key reference know them like any other action. They have no Run: the frame
// and its pages perform them by ID.
package keys

import "github.com/chaintui/chaintui/internal/action"

// Pages are the dashboard's pages in the order of their numbers.
var Pages = []string{"chain", "pods", "traces", "events", "logs", "help"}

func local(id, key, title, help string, pages ...string) action.Action {
	return action.Action{ID: id, Key: key, Title: title, Help: help, Pages: pages}
}

// Local is the dashboard's own actions.
func Local() []action.Action {
	return []action.Action{
		local("page.chain", "1", "Go to Chain", "The chain as a picture, live."),
		local("page.pods", "2", "Go to Pods", "All pods of the chain as a table."),
		local("page.traces", "3", "Go to Traces", "The newest traces, and their waterfalls."),
		local("page.events", "4", "Go to Events", "What Kubernetes says about the chain's objects."),
		local("page.logs", "5", "Go to Logs", "Log lines of one link or all."),
		local("page.help", "6", "Go to Help", "What this is, and all keys."),

		local("palette", ":", "Command palette", "Find any action or page by a few letters; change context and namespace."),
		local("help", "?", "Help for this page", "The keys that work here."),
		local("filter", "/", "Filter", "Show only what contains the text; on Logs, search; on Chain, go to a link by number, image, state or reason."),
		local("next", "tab", "Next page", "In the order of their numbers; shift+tab goes back."),
		local("previous", "shift+tab", "Page before", "Against the order of their numbers."),
		local("running", "b", "Show what is under way", "The progress of an action that was hidden; it can be stopped there."),
		local("back", "esc", "Back", "Leave what is open, or clear the filter."),
		local("copy", "y", "Copy", "Copy what is chosen to the clipboard (OSC 52)."),
		local("save", "ctrl+s", "Save the screen", "Write the screen as text and as SVG into the current folder."),
		local("context", "", "Change context", "Watch a chain in another cluster of the kubeconfig."),
		local("namespace", "", "Change namespace", "Watch a chain in another namespace."),
		local("login", "I", "Log in", "Give the terminal to the kubeconfig's credential plugin, when that has to ask."),
		local("theme", "T", "Change theme", "Dark, light, 16 colours, none."),
		local("motion", "M", "Motion on or off", "Marks that walk the arrows as requests do."),
		local("suspend", "ctrl+z", "Suspend", "Back to the shell; fg returns."),
		local("redraw", "ctrl+l", "Redraw", "Draw the whole screen again."),
		local("quit", "q", "Quit", "Leave chaintui. The chain stays as it is."),

		local("up", "up", "Up", "Also k, and the mouse wheel."),
		local("down", "down", "Down", "Also j, and the mouse wheel."),
		local("left", "left", "Left", "The link before; on a trace, fold."),
		local("right", "right", "Right", "The link after; on a trace, unfold."),
		local("pageup", "pgup", "Page up", "Also ctrl+b."),
		local("pagedown", "pgdown", "Page down", "Also ctrl+f and space."),
		local("top", "home", "To the top", "The first row, the head of the chain."),
		local("bottom", "end", "To the end", "The last row, the tail of the chain."),
		local("open", "enter", "Open", "What is chosen, in detail; a double click does it too."),

		local("chain.form", "v", "Another form", "Cards, one line per link, or a map of all links.", "chain"),
		local("show.logs", "l", "Logs", "Log lines of the chosen link or pod.", "chain", "pods", "traces", "events"),
		local("show.traces", "t", "Traces of this link", "Traces in which the chosen link took part.", "chain", "pods"),

		local("pods.sort", "s", "Sort by the next column", "Link, name, ready, state, restarts, age, node.", "pods"),
		local("pods.reverse", "S", "Sort the other way", "Turns the order round.", "pods"),
		local("pod.describe", "d", "Describe the pod", "As kubectl describe prints it.", "pods"),
		local("pod.yaml", "Y", "The pod's YAML", "As the API server has it.", "pods"),

		local("events.warnings", "w", "Only warnings", "Hide events that are no warnings.", "events"),

		local("logs.follow", "f", "Follow", "Stay at the newest line.", "logs"),
		local("logs.wrap", "w", "Wrap", "Break long lines.", "logs"),
		local("logs.time", "t", "Timestamps", "Show when each line was written.", "logs"),
		local("logs.level", "v", "Level", "Show all, from INFO, from WARN, or only ERROR.", "logs"),
		local("logs.link", "a", "One link or all", "Lines of the next link; after the last, of all.", "logs"),
		local("logs.previous", "p", "Previous container", "Lines from before the last restart.", "logs"),
		local("logs.raw", "J", "Raw lines", "JSON as it is.", "logs"),
		local("find.next", "n", "Next match", "Of the search.", "chain", "logs", "traces"),
		local("find.previous", "N", "Previous match", "Of the search.", "chain", "logs", "traces"),

		local("traces.query", "f", "Filter form", "Service, tags, duration, range.", "traces"),
		local("traces.errors", "e", "Only errors", "Hide traces without an error.", "traces"),
		local("traces.sort", "s", "Newest or slowest first", "The order of the list.", "traces"),
		local("traces.pause", "p", "Pause the list", "Keep the list as it is.", "traces"),
		local("trace.zoomin", "+", "Zoom in", "Round the chosen span.", "traces"),
		local("trace.zoomout", "-", "Zoom out", "Back towards the whole trace.", "traces"),
		local("trace.fit", "0", "Fit", "Show the whole trace.", "traces"),
		local("trace.focus", "z", "Focus", "Only this span and what is below it.", "traces"),
		local("trace.gaps", "g", "Gaps", "Cut out time in which nothing happens.", "traces"),
		local("trace.critical", "c", "Critical path", "Show what the total time is made of.", "traces"),
		local("trace.compare", "m", "Compare", "Against the median of the list, or the trace that was marked there with the same key.", "traces"),
		local("trace.skew", "K", "Clock skew", "Correct clocks that differ, or show what was recorded.", "traces"),
		local("trace.flame", "F", "Flame view", "All spans stacked, without a line for each.", "traces"),
		local("trace.stats", "S", "Statistics", "Where the time went, per service.", "traces"),
		local("trace.fold", "o", "Fold all", "Close or open all levels.", "traces"),
		local("trace.save", "w", "Save the trace", "Write its spans as Zipkin's JSON into the current folder; chaintui traces reads it.", "traces"),
	}
}

// Alias is the key that a key stands for, such as "down" for "j".
func Alias(key string) string {
	switch key {
	case "j":
		return "down"
	case "k":
		return "up"
	case "ctrl+b":
		return "pgup"
	case "ctrl+f", "space":
		return "pgdown"
	case "ctrl+c":
		return "q"
	case "=":
		return "+"
	case "ctrl+p":
		return ":"
	}
	return key
}
