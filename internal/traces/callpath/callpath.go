// Package callpath merges traces by call path: rows that were reached by the same calls, from the root down, are one node.
package callpath

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/traces"
)

// Node is a call path, and what was measured of the rows on it.
type Node struct {
	Service string
	Name    string
	Nth     int // 0 for the first of several calls alike below one row, 1 for the second, …; always 0 when they are merged
	Parent  int // index in Tree.Nodes; -1 at a root
	Depth   int
	Size    int // nodes of the subtree, this one included
	Traces  int // traces that have the path
	Samples []Sample
}

// Sample is one row on a path.
type Sample struct {
	Trace    int   // index in the set
	Offset   int64 // µs from the trace's start to the row's
	Duration int64 // µs
	Self     int64 // µs
	Network  int64 // µs of the call to it outside of it; 0 when that is not known
	Failed   bool
}

// Tree is the call paths of a set, depth first: the subtree of node i is Nodes[i : i+Nodes[i].Size].
type Tree struct{ Nodes []Node }

// Siblings says what becomes of calls alike below one row.
type Siblings bool

// Apart keeps the n-th of calls alike apart from the others, to compare them; Together makes them one, to sum them up.
const (
	Apart    Siblings = false
	Together Siblings = true
)

type key struct {
	parent        int
	service, name string
	nth           int
}

// Merge merges a set of traces. Children are in order of their median offset.
func Merge(set []*traces.Trace, siblings Siblings) Tree {
	var nodes []Node
	known := map[key]int{}
	for n, t := range set {
		at := make([]int, len(t.Rows))
		alike := map[key]int{} // by row above, how many alike so far
		for i := range t.Rows {
			r := &t.Rows[i]
			k := key{parent: -1, service: r.Service(), name: r.Name()}
			if r.Parent >= 0 {
				k.parent = at[r.Parent]
			}
			if siblings == Apart && r.Parent >= 0 {
				row := key{parent: r.Parent, service: k.service, name: k.name}
				k.nth = alike[row]
				alike[row]++
			}
			node, ok := known[k]
			if !ok {
				node = len(nodes)
				known[k] = node
				nodes = append(nodes, Node{Service: k.service, Name: k.name, Nth: k.nth, Parent: k.parent})
			}
			at[i] = node
			at := &nodes[node]
			s := Sample{Trace: n, Duration: r.Duration, Self: r.Self, Network: max(r.Network, 0), Failed: r.Marks.Has(traces.Failed)}
			if r.Start > 0 {
				s.Offset = r.Start - t.Start
			}
			if len(at.Samples) == 0 || at.Samples[len(at.Samples)-1].Trace != n {
				at.Traces++
			}
			at.Samples = append(at.Samples, s)
		}
	}
	return Tree{Nodes: preorder(nodes)}
}

func preorder(nodes []Node) []Node {
	children := make([][]int, len(nodes)+1) // the roots' at 0
	offset := make([]int64, len(nodes))
	for i := range nodes {
		offset[i] = Median(nodes[i].Samples, func(s Sample) int64 { return s.Offset })
		children[nodes[i].Parent+1] = append(children[nodes[i].Parent+1], i)
	}
	type visit struct{ node, parent, depth int }
	var stack []visit
	push := func(of, parent, depth int) {
		slices.SortFunc(children[of+1], func(a, b int) int { // the last is visited first
			return cmp.Or(cmp.Compare(offset[b], offset[a]), cmp.Compare(b, a))
		})
		c := children[of+1]
		for i := range c {
			stack = append(stack, visit{c[i], parent, depth})
		}
	}
	out := make([]Node, 0, len(nodes))
	push(-1, -1, 0)
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		n := nodes[v.node]
		n.Parent, n.Depth, n.Size = v.parent, v.depth, 1
		out = append(out, n)
		push(v.node, len(out)-1, v.depth+1)
	}
	for i := len(out) - 1; i > 0; i-- {
		if p := out[i].Parent; p >= 0 {
			out[p].Size += out[i].Size
		}
	}
	return out
}

// Median is the median of one measure of samples: of an even number the mean of the middle two; 0 of none.
func Median(samples []Sample, measure func(Sample) int64) int64 {
	if len(samples) == 0 {
		return 0
	}
	values := make([]int64, len(samples))
	for i, s := range samples {
		values[i] = measure(s)
	}
	slices.Sort(values)
	m := len(values) / 2
	if len(values)%2 == 1 {
		return values[m]
	}
	return values[m-1] + (values[m]-values[m-1])/2
}

// Sum is the sum of one measure of samples, in floating point since it may exceed all integers.
func Sum(samples []Sample, measure func(Sample) int64) float64 {
	sum := 0.0
	for _, s := range samples {
		sum += float64(measure(s))
	}
	return sum
}
