package traffic

import (
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// When a link counts as slow: its median own time is at least this long, at least half of the median trace, and at least
// three times that of the median link. A chain in which every link takes 20 ms has no slow link.
const (
	slowFloor = 20 * time.Millisecond
	slowShare = 0.5
	slowTimes = 3
)

// samples are what the traces say of one service.
type samples struct {
	total, self []int64 // µs
	failed      int
	origins     int
	status      map[string]int // HTTP status where failures begin
	unseen      int            // how many traces are newer than the newest that crossed it
	sound       int            // how many of its requests are newer than the newest that failed here
}

// Judge sums up settled traces of a chain, newest first. Quantiles and shares come from all of them; what changes at once
// when a fault comes or goes (own time and verdicts) from the newest. Rates come from the load generator where there is
// one: each link's share of the traces, of the rate at which requests enter.
func Judge(order chain.Order, settled []*traces.Trace, load *chain.LoadState) map[string]Link {
	last := newest(settled)
	all, now := gather(settled), gather(last)
	links := make(map[string]Link, len(order))
	whole := make([]int64, 0, len(last))
	for _, t := range last {
		whole = append(whole, t.Duration())
	}
	medianTrace, medianSelf := middle(whole), medianOfLinks(order, now)
	for i, name := range order {
		s, recent := all[name], now[name]
		if s == nil || over(len(settled), len(s.total), s.unseen) {
			links[name] = idle(order, all, i, len(settled))
			continue
		}
		if recent == nil { // it is reached so rarely that none of the newest did
			recent = s
		}
		l := Link{
			Requests: len(s.total), P50: µs(quantile(s.total, 0.5)), P95: µs(quantile(s.total, 0.95)), Self: µs(middle(recent.self)),
			Errors: float64(s.failed) / float64(len(s.total)), Rate: rate(len(s.total), settled, load),
		}
		if s.fails() {
			if recent.origins == 0 {
				recent = s
			}
			l.Origin = true
			l.Why = recent.failures() + withStatus(recent.status) + "; links before it pass that on"
		} else if isSlow(l.Self, µs(medianTrace), µs(medianSelf)) {
			l.Slow = true
			l.Why = fmt.Sprintf("its own time is %s of the %s median", units.Duration(l.Self.Microseconds()), units.Duration(medianTrace))
		}
		links[name] = l
	}
	return links
}

// fails tells whether failures begin at the link, and still do.
func (s *samples) fails() bool { return s.origins > 0 && !over(len(s.total), s.origins, s.sound) }

// failures says how many of how many: a share of so few, beside the link's own of all, would look like a contradiction.
func (s *samples) failures() string {
	switch n := len(s.total); {
	case n == 1:
		return "its newest request fails here"
	case s.origins == n:
		return fmt.Sprintf("all of its newest %d requests fail here", n)
	default:
		return fmt.Sprintf("%d of its newest %d requests fail here", s.origins, n)
	}
}

func isSlow(self, trace, link time.Duration) bool {
	return self >= slowFloor && float64(self) >= slowShare*float64(trace) && self >= slowTimes*link
}

func gather(settled []*traces.Trace) map[string]*samples {
	by := map[string]*samples{}
	for n, t := range settled {
		for _, v := range visits(t) {
			s := by[v.service]
			if s == nil {
				s = &samples{status: map[string]int{}, unseen: n}
				by[v.service] = s
			}
			s.total, s.self = append(s.total, v.row.Duration), append(s.self, v.self)
			if v.failed {
				s.failed++
			}
			if v.origin != nil {
				if s.origins == 0 {
					s.sound = len(s.total) - 1
				}
				s.origins++
				if status := v.status(); status != "" {
					s.status[status]++
				}
			}
		}
	}
	return by
}

// idle is a link that no trace crosses any more: because of the failure of one before it, if there is one.
func idle(order chain.Order, by map[string]*samples, i, settled int) Link {
	l := Link{Idle: settled >= enough}
	if !l.Idle {
		return l
	}
	l.Why = "nothing reaches it"
	for j := i - 1; j >= 0; j-- {
		if s := by[order[j]]; s != nil && s.fails() {
			l.Why = fmt.Sprintf("nothing reaches it: requests fail at link %d", j)
			break
		}
	}
	return l
}

func withStatus(counts map[string]int) string {
	best, n := "", 0
	for status, count := range counts {
		if count > n || count == n && status < best {
			best, n = status, count
		}
	}
	if best == "" {
		return ""
	}
	return " with " + best
}

// rate is a link's requests per second: by the load generator where there is one, else by the traces' own times.
func rate(requests int, settled []*traces.Trace, load *chain.LoadState) float64 {
	if load != nil && load.Recent.Rate > 0 && len(settled) > 0 {
		return load.Recent.Rate * float64(requests) / float64(len(settled))
	}
	first, last := int64(0), int64(0)
	for _, t := range settled {
		if first == 0 || t.Start < first {
			first = t.Start
		}
		last = max(last, t.Start)
	}
	if last <= first {
		return 0
	}
	return float64(requests) / (float64(last-first) / 1e6)
}

// medianOfLinks is the own time of the link in the middle, of two the faster: a slow link is to stand out from it.
func medianOfLinks(order chain.Order, by map[string]*samples) int64 {
	var medians []int64
	for _, name := range order {
		if s := by[name]; s != nil {
			medians = append(medians, middle(s.self))
		}
	}
	if len(medians) == 0 {
		return 0
	}
	slices.Sort(medians)
	return medians[(len(medians)-1)/2]
}

func middle(values []int64) int64 { return quantile(values, 0.5) }

// quantile is the nearest-rank quantile; 0 of no values. It sorts them.
func quantile(values []int64, q float64) int64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(int(q*float64(len(values))), len(values)-1)]
}

func µs(n int64) time.Duration { return time.Duration(n) * time.Microsecond }
