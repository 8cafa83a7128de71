package traces

import (
	"slices"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// hang gives every node its parent and makes one tree of all of them.
func (f *forest) hang() {
	f.root = -1
	for i := range f.nodes {
		n := &f.nodes[i]
		n.start, _ = n.time()
		if n.under < 0 && n.parentID() == "" && (f.root < 0 || f.before(i, f.root)) {
			f.root = i
		}
	}
	if f.root < 0 && len(f.nodes) > 0 {
		f.root = len(f.nodes)
		f.nodes = append(f.nodes, node{parent: -1, under: -1, marks: Synthetic})
	}
	for i := range f.nodes {
		if i != f.root {
			f.nodes[i].parent = f.parentOf(i)
		}
	}
	f.cutCycles()
	f.children = make([][]int, len(f.nodes))
	for i := range f.nodes {
		if p := f.nodes[i].parent; p >= 0 {
			f.children[p] = append(f.children[p], i)
		}
	}
}

// before orders nodes by start, those without one last, then by the order received.
func (f *forest) before(a, b int) bool {
	x, y := f.nodes[a].start, f.nodes[b].start
	if x == y {
		return f.position(a) < f.position(b)
	}
	return x != 0 && (y == 0 || x < y)
}

func (f *forest) position(i int) int {
	switch n := &f.nodes[i]; {
	case n.own == nil:
		return -1
	case n.caller != nil:
		return min(n.own.Pieces[0], n.caller.Pieces[0])
	default:
		return n.own.Pieces[0]
	}
}

func (f *forest) parentOf(i int) int {
	n := &f.nodes[i]
	if n.under >= 0 {
		return n.under
	}
	id := n.parentID()
	if id == "" {
		n.marks |= ExtraRoot
		return f.root
	}
	switch above := f.byID[id]; len(above) {
	case 0:
		n.marks |= Orphan
		return f.root
	case 1:
		return above[0]
	}
	return f.amongSeveral(id, n)
}

// place is where a node of an id used several times can be recognised by its children.
type place struct {
	id, service, address string
	half                 byte // 'o' own, 'c' caller, 'r' what the client called
}

// amongSeveral finds the parent of n among several nodes of one id: the one whose half ran where n began.
func (f *forest) amongSeveral(id string, n *node) int {
	if f.places == nil {
		f.places = map[place]int{}
	}
	if _, ok := f.places[place{id: id}]; !ok {
		f.learn(id)
	}
	near := n.own
	if n.caller != nil {
		near = n.caller
	}
	e := near.Span.LocalEndpoint
	service, address := serviceOf(e), addressOf(e)
	tries := []place{{id, service, address, 'o'}, {id, service, "", 'o'}, {id, service, "", 'c'}, {id, "", address, 'o'}}
	if near.Span.Kind == zipkin.Server {
		tries = append([]place{{id, service, "", 'r'}}, tries...)
	}
	for _, p := range tries {
		if i, ok := f.places[p]; ok && (p.service != "" || p.address != "") {
			return i
		}
	}
	return f.places[place{id: id}]
}

func (f *forest) learn(id string) {
	put := func(p place, i int) {
		if _, ok := f.places[p]; !ok {
			f.places[p] = i
		}
	}
	for _, i := range f.byID[id] {
		n := &f.nodes[i]
		put(place{id: id}, i)
		e := n.own.Span.LocalEndpoint
		put(place{id, serviceOf(e), addressOf(e), 'o'}, i)
		put(place{id, serviceOf(e), "", 'o'}, i)
		put(place{id, "", addressOf(e), 'o'}, i)
		if n.caller != nil {
			put(place{id, n.caller.Service(), "", 'c'}, i)
			continue
		}
		put(place{id, n.own.Remote(), "", 'r'}, i)
	}
}

// cutCycles hangs one node of every circle under the root: the earliest.
func (f *forest) cutCycles() {
	const (
		unseen = iota
		onPath
		done
	)
	state := make([]byte, len(f.nodes))
	var path []int
	for start := range f.nodes {
		path = path[:0]
		i := start
		for i >= 0 && state[i] == unseen {
			state[i] = onPath
			path = append(path, i)
			i = f.nodes[i].parent
		}
		if i >= 0 && state[i] == onPath {
			circle := path[slices.Index(path, i):]
			cut := slices.MinFunc(circle, func(a, b int) int {
				if f.before(a, b) {
					return -1
				}
				return 1
			})
			f.nodes[cut].parent = f.root
			f.nodes[cut].marks |= CycleCut
		}
		for _, i := range path {
			state[i] = done
		}
	}
}

// preorder lays the tree out depth first, children by corrected start.
func (f *forest) preorder() []Row {
	rows := make([]Row, 0, len(f.nodes))
	if len(f.nodes) == 0 {
		return rows
	}
	type visit struct{ node, parent, depth int }
	stack := []visit{{f.root, -1, 0}}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		at := len(rows)
		rows = append(rows, f.row(v.node, v.parent, v.depth))
		children := f.children[v.node]
		slices.SortFunc(children, func(a, b int) int {
			switch {
			case a == b:
				return 0
			case f.before(a, b):
				return 1
			}
			return -1
		}) // the last is pushed first
		for _, c := range children {
			stack = append(stack, visit{c, at, v.depth + 1})
		}
	}
	for i := len(rows) - 1; i > 0; i-- {
		rows[rows[i].Parent].Size += rows[i].Size
	}
	return rows
}

func (f *forest) row(i, parent, depth int) Row {
	n := &f.nodes[i]
	r := Row{Parent: parent, Depth: depth, Size: 1, Marks: n.marks, Network: -1}
	if n.own != nil {
		r.Own = &n.own.Half
		r.Start, r.Duration = n.time()
	}
	if n.caller != nil {
		r.Caller = &n.caller.Half
	}
	if r.Start == 0 {
		r.Marks |= NoTime
	}
	for _, h := range r.Halves() {
		if h.Shift != 0 {
			r.Marks |= Skewed
		}
	}
	return r
}
