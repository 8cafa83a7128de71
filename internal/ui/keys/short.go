package keys

import "slices"

// short are the footer's words for actions whose title is too long there.
var short = map[string]string{
	"chain.form": "form", "open": "open", "show.traces": "traces", "pods.sort": "sort", "pods.reverse": "reverse",
	"pod.describe": "describe", "pod.yaml": "YAML", "events.warnings": "only warnings",
	"logs.time": "time", "logs.link": "link", "logs.previous": "previous", "logs.raw": "raw",
	"find.next": "next", "find.previous": "back",
	"traces.query": "query", "traces.errors": "errors", "traces.sort": "sort", "traces.pause": "pause",
	"trace.zoomin": "zoom", "trace.zoomout": "out", "trace.critical": "critical path", "trace.compare": "compare",
	"trace.skew": "skew", "trace.flame": "flame", "trace.stats": "stats", "trace.fold": "fold all", "trace.save": "save",
	"redeploy": "redeploy", "fault": "fault", "clear-fault": "clear", "load": "load", "request": "request", "delete": "delete", "delete-pod": "delete",
	"image": "image", "scale": "scale", "rollback": "roll back", "pause": "pause", "resume": "resume", "adopt": "adopt", "validate": "validate",
	"port-forward": "forward", "resize": "resize", "deploy": "deploy",
}

// Short is the footer's word for an action; empty when its title will do.
func Short(id string) string { return short[id] }

// first are the actions that a page's footer names before others, where there is room for a few only.
var first = map[string][]string{
	"chain":  {"find.next", "resize", "redeploy", "fault", "show.logs", "show.traces", "open", "deploy", "image", "scale", "rollback", "pause", "resume", "load"},
	"pods":   {"open"},
	"traces": {"open"},
	"events": {"open"},
}

// Rank is an action's place in the footer of a page: the lower, the sooner it is named.
func Rank(page, id string) int {
	if i := slices.Index(first[page], id); i >= 0 {
		return i
	}
	return len(first[page])
}
