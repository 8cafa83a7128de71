package traces

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Links counts who called whom in traces, by the rules of Zipkin's DependencyLinker, sorted by parent and child:
//
//   - a CLIENT with children is skipped, its children tell the callee's own name;
//   - a SERVER's caller is the nearest span above it that has a kind, else the remote endpoint it names;
//   - a PRODUCER or CONSUMER links to the broker it names, or not at all;
//   - a span without a kind that names both sides counts as a CLIENT;
//   - a server whose client has an id of its own fails when its client did.
func Links(traces ...*Trace) []zipkin.Link {
	l := linker{count: map[[2]string]*zipkin.Link{}}
	for _, t := range traces {
		l.trace(t)
	}
	out := make([]zipkin.Link, 0, len(l.count))
	for _, link := range l.count {
		out = append(out, *link)
	}
	slices.SortFunc(out, func(a, b zipkin.Link) int {
		return cmp.Or(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Child, b.Child))
	})
	return out
}

type linker struct{ count map[[2]string]*zipkin.Link }

func (l *linker) add(parent, child string, failed bool) {
	key := [2]string{parent, child}
	link := l.count[key]
	if link == nil {
		link = &zipkin.Link{Parent: parent, Child: child}
		l.count[key] = link
	}
	link.CallCount++
	if failed {
		link.ErrorCount++
	}
}

// trace walks the halves of t: to the linker, the server's half of a row is a child of the client's half.
func (l *linker) trace(t *Trace) {
	remote := make([]*Half, len(t.Rows)) // the nearest half with a kind, at the row or above it
	for i := range t.Rows {
		r := &t.Rows[i]
		var above *Half
		if r.Parent >= 0 {
			above = remote[r.Parent]
			if p := &t.Rows[r.Parent]; p.Caller != nil && !belongs(r, p.Own) {
				above = p.Caller
			}
		}
		remote[i] = above
		if r.Own == nil {
			continue
		}
		if r.Caller != nil {
			above = r.Caller
		} else if r.Own.Span.Kind == zipkin.Client && r.Size > 1 {
			remote[i] = r.Own
			continue
		}
		l.half(r.Own, above, i == 0 && r.Caller == nil)
		if r.Own.Span.Kind != "" {
			remote[i] = r.Own
		} else {
			remote[i] = above
		}
	}
}

// belongs says that r began in the server's half above it. To the linker that needs the very same endpoint; whatever
// differs from it in any field began in the client's half.
func belongs(r *Row, server *Half) bool {
	h := r.Own
	if r.Caller != nil {
		h = r.Caller
	}
	if h == nil || h.Span.ID == server.Span.ID { // a further server of the same call
		return false
	}
	a, b := h.Span.LocalEndpoint, server.Span.LocalEndpoint
	return a == b || a != nil && b != nil && *a == *b
}

func (l *linker) half(h, above *Half, root bool) {
	local, other := h.Service(), h.Remote()
	_, failed := h.Span.Tags["error"]
	kind := h.Span.Kind
	if kind == "" && local != "" && other != "" {
		kind = zipkin.Client
	}
	var parent, child string
	switch kind {
	case zipkin.Server, zipkin.Consumer:
		parent, child = other, local
		if root && parent == "" {
			return
		}
	case zipkin.Client, zipkin.Producer:
		parent, child = local, other
	default:
		return
	}
	if kind == zipkin.Client || kind == zipkin.Server {
		if above != nil && above.Service() != "" {
			if kind == zipkin.Client && local != "" && above.Service() != local {
				l.add(above.Service(), local, false) // a hop without spans of its own in between
			}
			if kind == zipkin.Server || parent == "" {
				parent = above.Service()
			}
			if above.Span.Kind == zipkin.Client && h.Span.ParentID != "" && h.Span.ParentID == above.Span.ID {
				_, clientFailed := above.Span.Tags["error"]
				failed = failed || clientFailed
			}
		}
	}
	if parent != "" && child != "" {
		l.add(parent, child, failed)
	}
}
