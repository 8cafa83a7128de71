// Package stats sums up a set of traces: by service, by hop, and as a heatmap of latency over time.
package stats

import (
	"cmp"
	"slices"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Summary describes many durations, in µs. Percentiles are HdrHistogram's at three significant digits.
type Summary struct {
	Count  int   `json:"count"`
	Errors int   `json:"errors"`
	P50    int64 `json:"p50"`
	P95    int64 `json:"p95"`
	P99    int64 `json:"p99"`
	Max    int64 `json:"max"`
}

// Service is what the rows of one service took.
type Service struct {
	Name string  `json:"service"`
	Time Summary `json:"time"`
	Self Summary `json:"selfTime"`
}

// Hop is what the calls of one service by another took, as the caller saw them.
type Hop struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	Time    Summary `json:"time"`
	Network Summary `json:"network"` // of the calls of which both halves are known
}

// Set is the statistics of a set of traces.
type Set struct {
	Traces   Summary   `json:"traces"` // of whole traces
	Services []Service `json:"services"`
	Hops     []Hop     `json:"hops"`
}

// samples are the durations of one thing.
type samples struct {
	values []int64
	errors int
}

func (s *samples) add(µs int64, failed bool) {
	s.values = append(s.values, µs)
	if failed {
		s.errors++
	}
}

// longest bounds what is told apart: durations above an hour count as one, except in Max.
const longest = int64(3600e6)

// summarise uses one histogram for all: a histogram of each of a thousand services would take 200 MB.
type summariser struct{ h *hdrhistogram.Histogram }

func newSummariser() summariser { return summariser{h: hdrhistogram.New(1, longest, 3)} }

func (z summariser) summary(s *samples) Summary {
	z.h.Reset()
	out := Summary{Count: len(s.values), Errors: s.errors}
	for _, v := range s.values {
		_ = z.h.RecordValue(min(v, longest)) // never out of range
		out.Max = max(out.Max, v)
	}
	if out.Count == 0 {
		return out
	}
	at := func(q float64) int64 { return min(z.h.ValueAtQuantile(q), out.Max) }
	out.P50, out.P95, out.P99 = at(50), at(95), at(99)
	return out
}

type serviceSamples struct{ time, self samples }
type hopSamples struct{ time, network samples }

// Of sums up a set. Services come by their median self time and hops by their median time, the slowest first.
func Of(set []*traces.Trace) Set {
	var whole samples
	services := map[string]*serviceSamples{}
	hops := map[[2]string]*hopSamples{}
	for _, t := range set {
		if len(t.Rows) == 0 {
			continue
		}
		whole.add(t.Duration(), t.Origin >= 0)
		for i := range t.Rows {
			r := &t.Rows[i]
			if r.Own == nil {
				continue
			}
			failed := r.Marks.Has(traces.Failed)
			s := services[r.Service()]
			if s == nil {
				s = &serviceSamples{}
				services[r.Service()] = s
			}
			s.time.add(r.Duration, failed)
			s.self.add(r.Self, failed)
			if from, to, ok := HopOf(t, i); ok {
				h := hops[[2]string{from, to}]
				if h == nil {
					h = &hopSamples{}
					hops[[2]string{from, to}] = h
				}
				h.time.add(r.Duration, failed)
				if r.Network >= 0 {
					h.network.add(r.Network, false)
				}
			}
		}
	}
	return summarise(whole, services, hops)
}

func summarise(whole samples, services map[string]*serviceSamples, hops map[[2]string]*hopSamples) Set {
	z := newSummariser()
	out := Set{Traces: z.summary(&whole), Services: []Service{}, Hops: []Hop{}}
	for name, s := range services {
		out.Services = append(out.Services, Service{Name: name, Time: z.summary(&s.time), Self: z.summary(&s.self)})
	}
	for key, h := range hops {
		out.Hops = append(out.Hops, Hop{From: key[0], To: key[1], Time: z.summary(&h.time), Network: z.summary(&h.network)})
	}
	slices.SortFunc(out.Services, func(a, b Service) int {
		return cmp.Or(cmp.Compare(b.Self.P50, a.Self.P50), cmp.Compare(a.Name, b.Name))
	})
	slices.SortFunc(out.Hops, func(a, b Hop) int {
		return cmp.Or(cmp.Compare(b.Time.P50, a.Time.P50), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

// HopOf says which call between services row i is: who called, who was called. It is none when the row is not a call, or
// its other side is not known. A CLIENT row whose server has an id of its own is the hop, its server then is not.
func HopOf(t *traces.Trace, i int) (from, to string, ok bool) {
	r := &t.Rows[i]
	switch {
	case r.Own == nil:
		return "", "", false
	case r.Caller != nil:
		from, to = r.Caller.Service(), r.Service()
	case r.Own.Span.Kind == zipkin.Client:
		from, to = r.Service(), r.Own.Remote()
		for c := i + 1; c < i+r.Size; c += t.Rows[c].Size {
			if own := t.Rows[c].Own; own != nil && own.Span.Kind == zipkin.Server {
				to = t.Rows[c].Service()
			}
		}
	case r.Own.Span.Kind == zipkin.Server && r.Parent >= 0:
		p := &t.Rows[r.Parent]
		if p.Own == nil || p.Own.Span.Kind == zipkin.Client {
			return "", "", false
		}
		from, to = p.Service(), r.Service()
	}
	return from, to, from != "" && to != ""
}
