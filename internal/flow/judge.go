package flow

import (
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// A link is slow when its median own time is at least slowest and half of the whole request's median, and several times
// that of the link in the middle of all: what is slow everywhere is no link's fault.
const (
	slowest   = 20 * time.Millisecond
	slowShare = 0.5
	slowTimes = 3
)

// Judge sums up the newest traces (newest first) of a chain by link. order is its services, head first.
func Judge(set []*traces.Trace, order []string) map[string]Link {
	links := make(map[string]Link, len(order))
	sums := stats.Of(set)
	window := spread(set)
	for i := range sums.Services {
		s := &sums.Services[i]
		links[s.Name] = Link{
			Requests: s.Time.Count,
			Rate:     float64(s.Time.Count) / window.Seconds(),
			P50:      micros(s.Time.P50), P95: micros(s.Time.P95), Self: micros(s.Self.P50),
			Errors: float64(s.Time.Errors) / float64(max(s.Time.Count, 1)),
		}
	}
	blame(links, set)
	blameSlow(links, order, micros(sums.Traces.P50))
	if len(set) > 0 {
		markIdle(links, order)
	}
	return links
}

// spread is the time in which the traces began; at least a second.
func spread(set []*traces.Trace) time.Duration {
	first, last := int64(0), int64(0)
	for _, t := range set {
		if t.Start > 0 && (first == 0 || t.Start < first) {
			first = t.Start
		}
		last = max(last, t.Start)
	}
	return max(micros(last-first), time.Second)
}

// blame marks the links in which failures begin.
func blame(links map[string]Link, set []*traces.Trace) {
	origins := map[string]int{}
	for _, t := range set {
		if t.Origin >= 0 && t.Origin < len(t.Rows) {
			origins[t.Rows[t.Origin].Service()]++
		}
	}
	for service, n := range origins {
		l := links[service]
		l.Origin = true
		l.Errors = float64(n) / float64(max(l.Requests, n))
		l.Why = fmt.Sprintf("%d of its %d newest requests failed here; the links before it pass that on", n, max(l.Requests, n))
		links[service] = l
	}
}

func blameSlow(links map[string]Link, order []string, whole time.Duration) {
	var all []time.Duration
	worst := ""
	for _, service := range order {
		l, ok := links[service]
		if !ok {
			continue
		}
		all = append(all, l.Self)
		if worst == "" || l.Self > links[worst].Self {
			worst = service
		}
	}
	if worst == "" {
		return
	}
	slices.Sort(all)
	l, middle := links[worst], all[(len(all)-1)/2]
	if l.Self < slowest || float64(l.Self) < slowShare*float64(whole) || len(all) > 1 && l.Self < slowTimes*middle {
		return
	}
	l.Slow = true
	if l.Why == "" {
		l.Why = fmt.Sprintf("slow: its own time is %s of the %s that the median request takes", units.Duration(l.Self.Microseconds()), units.Duration(whole.Microseconds()))
	}
	links[worst] = l
}

// markIdle marks links that no request reached, though some entered the chain.
func markIdle(links map[string]Link, order []string) {
	last := -1
	for i, service := range order {
		if links[service].Requests > 0 {
			last = i
		}
	}
	if last < 0 {
		return
	}
	for i := last + 1; i < len(order); i++ {
		l := links[order[i]]
		l.Idle = true
		l.Why = fmt.Sprintf("nothing reaches it: requests end at link %d", last)
		links[order[i]] = l
	}
}

func micros(µs int64) time.Duration { return time.Duration(µs) * time.Microsecond }
