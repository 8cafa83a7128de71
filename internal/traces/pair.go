package traces

import (
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// node is a row before the tree stands.
type node struct {
	own, caller *side
	parent      int // in forest.nodes; -1 at the root
	under       int // the node of the client this further server answered too; -1 for all others
	marks       Mark
	start       int64
}

// forest is the rows of a trace while the tree is made of them.
type forest struct {
	nodes    []node
	byID     map[string][]int // the nodes of an id, those with a client's half first
	children [][]int
	root     int
	places   map[place]int
}

// addGroup makes rows of the halves that share an id. A server's half joins the client's half whose remote endpoint it is,
// else the first one that is free. A server that finds none free (one id sent to several servers) is a row under the
// client's. Without a client's half every half is a row of its own, shared or not.
func (f *forest) addGroup(group []*piece) {
	id := group[0].span.ID
	var clients, servers, others []*side
	sides := fold(group)
	for _, s := range sides {
		switch {
		case s.Span.Kind == zipkin.Client:
			clients = append(clients, s)
		case s.Span.Kind == zipkin.Server || s.Span.Shared:
			servers = append(servers, s)
		default:
			others = append(others, s)
		}
	}
	first := len(f.nodes)
	for _, c := range clients {
		f.add(id, node{own: c, under: -1})
	}
	if len(clients) > 0 {
		servers = f.join(first, len(clients), servers)
	}
	for _, s := range servers {
		n := node{own: s, under: -1}
		if len(clients) > 0 {
			n.under = first
		}
		f.add(id, n)
	}
	for _, o := range others {
		f.add(id, node{own: o, under: -1})
	}
}

func (f *forest) add(id string, n node) {
	n.parent = -1
	for _, s := range []*side{n.own, n.caller} {
		if s != nil && s.bounded {
			n.marks |= Bounded
		}
	}
	f.byID[id] = append(f.byID[id], len(f.nodes))
	f.nodes = append(f.nodes, n)
}

// join puts each of servers into one of the count client nodes from first on: by the name the client called, then by its
// address, then in order. It returns the servers for which no client was left.
func (f *forest) join(first, count int, servers []*side) []*side {
	called := map[string][]int{} // free clients by remote name or address
	for i := first; i < first+count; i++ {
		e := f.nodes[i].own.Span.RemoteEndpoint
		for _, key := range []string{serviceOf(e), addressOf(e)} {
			if key != "" {
				called[key] = append(called[key], i)
			}
		}
	}
	pair := func(client int, server *side) {
		n := &f.nodes[client]
		n.caller, n.own = n.own, server
		if server.bounded {
			n.marks |= Bounded
		}
	}
	take := func(key string) int {
		queue := called[key]
		for len(queue) > 0 && f.nodes[queue[0]].caller != nil {
			queue = queue[1:]
		}
		called[key] = queue
		if key == "" || len(queue) == 0 {
			return -1
		}
		return queue[0]
	}
	for _, key := range []func(*zipkin.Endpoint) string{addressOf, serviceOf} {
		var left []*side
		for _, s := range servers {
			if i := take(key(s.Span.LocalEndpoint)); i >= 0 {
				pair(i, s)
			} else {
				left = append(left, s)
			}
		}
		servers = left
	}
	for i := first; i < first+count && len(servers) > 0; i++ {
		if f.nodes[i].caller == nil {
			pair(i, servers[0])
			servers = servers[1:]
		}
	}
	return servers
}

// time is the node's start and duration in received µs, the client's before the server's.
func (n *node) time() (start, duration int64) {
	if n.caller == nil {
		return n.own.Start(), n.own.Span.Duration
	}
	c, s := &n.caller.Half, &n.own.Half
	if c.Start() == 0 {
		return s.Start(), max(s.Span.Duration, c.Span.Duration)
	}
	if c.Span.Duration > 0 || s.Start() == 0 {
		return c.Start(), max(c.Span.Duration, 0)
	}
	return c.Start(), min(max(s.Start()+s.Span.Duration-c.Start(), 0), maxDuration) // the client's end is not there yet
}

// parentID is the id of the span above: the client's word before the server's.
func (n *node) parentID() string {
	if n.caller != nil && n.caller.Span.ParentID != "" {
		return n.caller.Span.ParentID
	}
	return n.own.Span.ParentID
}
