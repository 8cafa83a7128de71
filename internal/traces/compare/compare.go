// Package compare aligns a trace with another one, or with the median of a set, call path by call path.
package compare

import (
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/callpath"
)

// Side is what one side has on a call path; the zero Side has nothing there.
type Side struct {
	Present  bool  `json:"present"`
	Traces   int   `json:"traces"`     // traces of the side that have the path, too few of a set included
	Start    int64 `json:"start"`      // µs from the trace's start, the median
	Duration int64 `json:"duration"`   // µs, the median
	Self     int64 `json:"selfTime"`   // µs, the median
	Network  int64 `json:"network"`    // µs of the call to it outside of it, the median
	Failed   int   `json:"failedRows"` // rows on the path that failed
}

// Row is a call path with both sides.
type Row struct {
	Service string `json:"service"`
	Name    string `json:"name"`
	Nth     int    `json:"nth"` // 0 for the first of calls alike
	Depth   int    `json:"depth"`
	A       Side   `json:"a"`
	B       Side   `json:"b"`
}

// Hop is what the path itself adds to its trace: its own time and the network's, in µs.
func (s Side) Hop() int64 { return s.Self + s.Network }

// Delta is by how many µs A's hop is longer than B's, a side that is absent counting as nothing.
func (r *Row) Delta() int64 { return r.A.Hop() - r.B.Hop() }

// ByNetwork tells whether most of the difference was made outside of the service.
func (r *Row) ByNetwork() bool {
	self, network := r.A.Self-r.B.Self, r.A.Network-r.B.Network
	return max(network, -network) > max(self, -self)
}

// Result is a comparison. Rows are depth first; Largest is the row whose hop differs most, -1 when none does.
type Result struct {
	A       int64 `json:"a"`    // µs of the whole
	B       int64 `json:"b"`    // µs of the whole, the median of a set
	Set     int   `json:"set"`  // how many traces B is
	Rows    []Row `json:"rows"` //
	Largest int   `json:"largest"`
}

// Peers are the traces of a list that a can be compared with: others that begin with the same call. Where none does,
// they are all others. A trace whose root has not arrived yet is so no part of the median.
func Peers(a *traces.Trace, of []*traces.Trace) []*traces.Trace {
	var alike, others []*traces.Trace
	for _, t := range of {
		if t.ID == a.ID {
			continue
		}
		others = append(others, t)
		if len(a.Rows) > 0 && len(t.Rows) > 0 && t.Rows[0].Service() == a.Rows[0].Service() && t.Rows[0].Name() == a.Rows[0].Name() {
			alike = append(alike, t)
		}
	}
	if len(alike) > 0 {
		return alike
	}
	return others
}

// Traces compares a with the set b: with one trace, or with the median of several. The median has the paths that at
// least half of the set have: what few traces do, or those that have yet to arrive as a whole, is not what is usual.
func Traces(a *traces.Trace, b []*traces.Trace) Result {
	tree := callpath.Merge(append([]*traces.Trace{a}, b...), callpath.Apart)
	out := Result{A: a.Duration(), Set: len(b), Largest: -1, Rows: make([]Row, 0, len(tree.Nodes))}
	var whole []callpath.Sample
	for _, t := range b {
		whole = append(whole, callpath.Sample{Duration: t.Duration()})
	}
	out.B = callpath.Median(whole, duration)
	var most int64
	for i := range tree.Nodes {
		n := &tree.Nodes[i]
		split := 0 // samples come in the order of the set, and a is its first
		for split < len(n.Samples) && n.Samples[split].Trace == 0 {
			split++
		}
		r := Row{Service: n.Service, Name: n.Name, Nth: n.Nth, Depth: n.Depth, A: side(n.Samples[:split]), B: side(n.Samples[split:])}
		if 2*r.B.Traces < len(b) {
			r.B = Side{Traces: r.B.Traces}
		}
		if !r.A.Present && !r.B.Present {
			continue // and so is what is below it
		}
		if d := max(r.Delta(), -r.Delta()); d > most {
			most, out.Largest = d, len(out.Rows)
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func duration(s callpath.Sample) int64 { return s.Duration }

func side(samples []callpath.Sample) Side {
	s := Side{Present: len(samples) > 0, Duration: callpath.Median(samples, duration)}
	s.Start = callpath.Median(samples, func(s callpath.Sample) int64 { return s.Offset })
	s.Self = callpath.Median(samples, func(s callpath.Sample) int64 { return s.Self })
	s.Network = callpath.Median(samples, func(s callpath.Sample) int64 { return s.Network })
	last := -1
	for _, x := range samples {
		if x.Trace != last {
			last = x.Trace
			s.Traces++
		}
		if x.Failed {
			s.Failed++
		}
	}
	return s
}
