package action

// shows are the actions that ask the cluster something and change nothing.
func shows() []Action {
	return []Action{
		{
			ID: "request", Title: "Send one request", Key: "n", Pages: []string{PageChain, PageTraces},
			Help:  "Sends a request to the head now and opens its trace as it arrives.",
			Guard: guard(reachable, deployed),
		},
		{
			ID: "validate", Title: "Validate the chain", Key: "v", Pages: []string{PageChain},
			Help:  "Proves that the chain works, or names the link that broke first.",
			Guard: guard(reachable, deployed),
		},
		{
			ID: "diff", Title: "Show drift", Key: "", Pages: []string{PageChain},
			Help:  "Compares the cluster with the newest release, by a server-side dry run.",
			Guard: guard(reachable, deployed, ours),
		},
		{
			ID: "port-forward", Title: "Forward a port", Key: "F", Pages: []string{PageChain},
			Help:  "Opens a local address for the head, the collector or a link; it survives a pod's death.",
			Guard: guard(reachable, deployed),
			Params: []Param{{Name: "target", Label: "To", Kind: Text, Help: "head, collector, or a link",
				Default: func(Scene) string { return "head" }}},
		},
	}
}

// everywhere are the actions of the dashboard itself.
func everywhere() []Action {
	return []Action{
		{ID: "page-chain", Title: "Go to Chain", Key: "1", Help: "The chain as a picture."},
		{ID: "page-pods", Title: "Go to Pods", Key: "2", Help: "The pods, live."},
		{ID: "page-traces", Title: "Go to Traces", Key: "3", Help: "The newest traces, live."},
		{ID: "page-events", Title: "Go to Events", Key: "4", Help: "What Kubernetes says of the chain."},
		{ID: "page-logs", Title: "Go to Logs", Key: "5", Help: "Logs of one link, or of all by time."},
		{ID: "page-help", Title: "Go to Help", Key: "6", Help: "All keys, and what this program is."},
		{ID: "next-page", Title: "Next page", Key: "tab", Help: "The next page to the right."},
		{ID: "previous-page", Title: "Previous page", Key: "shift+tab", Help: "The next page to the left."},
		{ID: "help", Title: "Help for this page", Key: "?", Help: "The keys that work here."},
		{ID: "palette", Title: "Command palette", Key: ":", Help: "Finds any action or page by its name; :ctx and :ns change the cluster and the namespace."},
		{ID: "filter", Title: "Filter", Key: "/", Help: "Shows only what matches.",
			Pages: []string{PagePods, PageTraces, PageEvents, PageLogs}},
		{ID: "back", Title: "Back", Key: "esc", Help: "Closes what is open, else goes back."},
		{ID: "context", Title: "Change the cluster", Help: "Another context of the kubeconfig, in place."},
		{ID: "namespace", Title: "Change the namespace", Help: "Another namespace of this cluster, in place."},
		{ID: "logs", Title: "Logs of this link", Key: "l", Pages: []string{PageChain, PagePods}, Help: "Follows the chosen link's logs.", Guard: deployed},
		{ID: "traces-of-link", Title: "Traces of this link", Key: "t", Pages: []string{PageChain}, Help: "The traces that crossed the chosen link.", Guard: guard(deployed, linkChosen)},
		{ID: "motion", Title: "Motion on or off", Key: "m", Pages: []string{PageChain}, Help: "Lets traffic walk the arrows, or not."},
		{ID: "copy", Title: "Copy", Key: "y", Help: "Copies what is chosen to the terminal's clipboard."},
		{ID: "save", Title: "Save the screen", Key: "ctrl+s", Help: "Writes the screen as text and as SVG."},
		{ID: "suspend", Title: "Suspend", Key: "ctrl+z", Help: "Back to the shell; fg returns."},
		{ID: "quit", Title: "Quit", Key: "q", Help: "Leaves; the chain goes on."},
	}
}

func onPods() []Action {
	pods := []string{PagePods}
	return []Action{
		{ID: "open-pod", Title: "Details", Key: "enter", Pages: pods, Help: "Containers, conditions and events of the chosen pod."},
		{ID: "describe", Title: "Describe", Key: "d", Pages: pods, Help: "The chosen pod, as kubectl describe prints it."},
		{ID: "yaml", Title: "YAML", Key: "Y", Pages: pods, Help: "The chosen pod's YAML."},
		{ID: "sort", Title: "Sort", Key: "s", Pages: pods, Help: "Sorts by the next column."},
		{ID: "sort-reverse", Title: "Reverse the sort", Key: "S", Pages: pods, Help: "Turns the order round."},
	}
}

func onTraces() []Action {
	traces := []string{PageTraces}
	return []Action{
		{ID: "open-trace", Title: "Open", Key: "enter", Pages: traces, Help: "The chosen trace as a waterfall."},
		{ID: "search", Title: "Search", Key: "s", Pages: traces, Help: "By service, tag query, duration and time range."},
		{ID: "hold", Title: "Hold or go on", Key: "space", Pages: traces, Help: "Holds the live list still."},
		{ID: "stats", Title: "Statistics", Key: "S", Pages: traces, Help: "Counts, errors and percentiles per service of the traces shown."},
		{ID: "flame", Title: "Flame graph", Key: "F", Pages: traces, Help: "The traces shown, merged by call path."},
	}
}

func onTrace() []Action {
	trace := []string{PageTrace}
	return []Action{
		{ID: "collapse", Title: "Fold", Key: "left", Pages: trace, Help: "Folds the chosen span's children away."},
		{ID: "expand", Title: "Unfold", Key: "right", Pages: trace, Help: "Shows them again."},
		{ID: "zoom-in", Title: "Zoom in", Key: "+", Pages: trace, Help: "Half the time window, around the chosen span."},
		{ID: "zoom-out", Title: "Zoom out", Key: "-", Pages: trace, Help: "Twice the time window."},
		{ID: "fit", Title: "Fit", Key: "0", Pages: trace, Help: "The whole trace."},
		{ID: "focus", Title: "Focus", Key: "z", Pages: trace, Help: "Only the chosen span and what it called."},
		{ID: "gaps", Title: "Idle gaps", Key: "g", Pages: trace, Help: "Compresses time in which nothing happened."},
		{ID: "repeats", Title: "Repeats", Key: "R", Pages: trace, Help: "Folds spans that repeat into one row."},
		{ID: "critical", Title: "Critical path", Key: "c", Pages: trace, Help: "Shows what the trace's duration was spent on."},
		{ID: "skew", Title: "Clock skew", Key: "s", Pages: trace, Help: "Times corrected for clock skew, or as they came."},
		{ID: "compare", Title: "Compare", Key: "m", Pages: trace, Help: "Against the median of the traces in the list."},
		{ID: "export", Title: "Export", Key: "e", Pages: trace, Help: "Writes the trace as Zipkin JSON and as an HTML page."},
	}
}

func onLogs() []Action {
	logs := []string{PageLogs}
	return []Action{
		{ID: "follow", Title: "Follow", Key: "f", Pages: logs, Help: "Stays at the newest line, or not."},
		{ID: "wrap", Title: "Wrap", Key: "w", Pages: logs, Help: "Wraps long lines, or cuts them."},
		{ID: "timestamps", Title: "Timestamps", Key: "t", Pages: logs, Help: "Shows when each line was written."},
		{ID: "level", Title: "Level", Key: "v", Pages: logs, Help: "Shows lines of this level and above."},
		{ID: "previous", Title: "Previous container", Key: "p", Pages: logs, Help: "The log of the container before its last restart."},
		{ID: "all-links", Title: "All links", Key: "a", Pages: logs, Help: "All links, or only the chosen one."},
		{ID: "next-match", Title: "Next match", Key: "n", Pages: logs, Help: "The next line that matches the search."},
		{ID: "previous-match", Title: "Previous match", Key: "N", Pages: logs, Help: "The one before."},
	}
}
