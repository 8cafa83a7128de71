package traffic

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Recent is how many traces the numbers are taken from at most.
const Recent = 100

// The series of a link: so many points, each of so long.
const (
	points   = 60
	interval = 3 * time.Second
)

// Meter keeps the newest traces from one poll to the next, so that each poll asks only for what is new. It is used by
// one goroutine.
type Meter struct {
	held   map[string]*held
	series map[string]map[int64][]int64 // own times in µs, by service and interval
	past   past
}

// held is a trace that was seen: it may still be arriving.
type held struct {
	trace   *traces.Trace
	spans   int
	settled bool // it came the same twice, or no longer came; its times are in the series
}

// NewMeter is a meter that has seen nothing.
func NewMeter() *Meter {
	return &Meter{held: map[string]*held{}, series: map[string]map[int64][]int64{}}
}

// Add takes what a poll brought. Traces that did not grow since the last one are settled.
func (m *Meter) Add(lists []zipkin.List) {
	seen := map[string]bool{}
	for _, list := range lists {
		t := traces.BuildList(list)
		if t.ID == "" || len(t.Rows) == 0 {
			continue
		}
		seen[t.ID] = true
		old := m.held[t.ID]
		if old != nil && old.settled && old.spans >= list.Received() {
			continue
		}
		m.held[t.ID] = &held{trace: t, spans: list.Received(), settled: old != nil && old.settled}
		if old != nil && old.spans == list.Received() {
			m.settle(m.held[t.ID])
		}
	}
	for id, h := range m.held {
		if !seen[id] {
			m.settle(h)
		}
	}
	m.trim()
}

func (m *Meter) settle(h *held) {
	if h.settled {
		return
	}
	h.settled = true
	at := h.trace.Start / interval.Microseconds()
	for _, v := range visits(h.trace) {
		s := m.series[v.service]
		if s == nil {
			s = map[int64][]int64{}
			m.series[v.service] = s
		}
		if len(s[at]) < Recent {
			s[at] = append(s[at], v.self)
		}
	}
}

// trim forgets all but the newest traces, and what is older than the series reach.
func (m *Meter) trim() {
	if all := m.newest(); len(all) > 0 {
		behind := all[min(Recent, len(all)):]
		for _, h := range behind {
			m.settle(h)
			delete(m.held, h.trace.ID)
		}
		m.past.leave(behind, all[0].trace.Start)
	}
	last := m.last()
	for service, s := range m.series {
		for at := range s {
			if at <= last-points {
				delete(s, at)
			}
		}
		if len(s) == 0 {
			delete(m.series, service)
		}
	}
}

// newest are the traces held, newest first.
func (m *Meter) newest() []*held {
	all := make([]*held, 0, len(m.held))
	for _, h := range m.held {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b *held) int {
		return cmp.Or(cmp.Compare(b.trace.Start, a.trace.Start), cmp.Compare(a.trace.ID, b.trace.ID))
	})
	return all
}

// last is the newest interval, by the traces' own clock: the cluster's and ours may differ.
func (m *Meter) last() int64 {
	var last int64
	for _, s := range m.series {
		for at := range s {
			last = max(last, at)
		}
	}
	return last
}

// Read sums up what the meter holds of a chain.
func (m *Meter) Read(order chain.Order, load *chain.LoadState) *Traffic {
	t := &Traffic{Load: load, Past: slices.Clip(m.past.points)}
	var settled []*traces.Trace
	for _, h := range m.newest() {
		t.Recent = append(t.Recent, h.trace)
		if h.settled && crosses(h.trace, order) {
			settled = append(settled, h.trace)
			t.Spans += h.spans
		}
	}
	t.Traces = len(settled)
	t.Links = Judge(order, settled, load)
	last := m.last()
	for name, l := range t.Links {
		l.Series = m.points(name, last)
		t.Links[name] = l
	}
	return t
}

// crosses tells whether a trace is one of the chain's: others may send theirs to the same collector, and that those do not
// reach a link says nothing about it.
func crosses(t *traces.Trace, order chain.Order) bool {
	return slices.ContainsFunc(t.Services, func(service string) bool { return slices.Contains(order, service) })
}

func (m *Meter) points(service string, last int64) []float64 {
	out := make([]float64, points)
	for i := range out {
		out[i] = math.NaN()
		if values := m.series[service][last-points+1+int64(i)]; len(values) > 0 {
			out[i] = float64(middle(slices.Clone(values))) / 1000
		}
	}
	return out
}
