package load

import (
	"maps"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/chaintui/chaintui/internal/chain"
)

// recentSeconds is the length of the window that State shows as recent.
const recentSeconds = 30

// longest is the largest latency told apart, in µs; longer ones count as this.
const longest = int64(10 * time.Minute / time.Microsecond)

// tally counts requests of a stretch of time.
type tally struct {
	sent, ok, failed, skipped uint64
	reasons                   map[string]int
	latency                   *hdrhistogram.Histogram // µs
}

func newTally(digits int) *tally {
	return &tally{reasons: map[string]int{}, latency: hdrhistogram.New(1, longest, digits)}
}

func (t *tally) reset() {
	t.sent, t.ok, t.failed, t.skipped = 0, 0, 0, 0
	clear(t.reasons)
	t.latency.Reset()
}

func (t *tally) add(o *tally) {
	t.sent += o.sent
	t.ok += o.ok
	t.failed += o.failed
	t.skipped += o.skipped
	for reason, n := range o.reasons {
		t.reasons[reason] += n
	}
	t.latency.Merge(o.latency)
}

func (t *tally) result(latency time.Duration, reason string) {
	if reason == "" {
		t.ok++
	} else {
		t.failed++
		t.reasons[reason]++
	}
	_ = t.latency.RecordValue(min(max(latency.Microseconds(), 1), longest)) // in range, so it can't fail
}

func (t *tally) stats(seconds float64) chain.LoadStats {
	s := chain.LoadStats{Seconds: seconds, Sent: t.sent, OK: t.ok, Failed: t.failed, Skipped: t.skipped, Reasons: maps.Clone(t.reasons)}
	if seconds > 0 {
		s.Rate = float64(t.sent) / seconds
	}
	ms := func(percentile float64) float64 { return float64(t.latency.ValueAtQuantile(percentile)) / 1000 }
	s.P50, s.P95, s.P99, s.Max = ms(50), ms(95), ms(99), float64(t.latency.Max())/1000
	return s
}

// stats counts since the start, and second by second for the recent ones.
type stats struct {
	start time.Time

	mu    sync.Mutex
	total *tally
	ring  [recentSeconds + 1]*tally // by second since start; the oldest is being replaced
	at    [recentSeconds + 1]int64
}

func newStats(start time.Time) *stats {
	s := &stats{start: start, total: newTally(3)}
	for i := range s.ring {
		s.ring[i], s.at[i] = newTally(2), -1
	}
	return s
}

// count lets f change the total and the tally of the second now.
func (s *stats) count(now time.Time, f func(*tally)) {
	second := int64(now.Sub(s.start) / time.Second)
	slot := second % int64(len(s.ring))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at[slot] != second {
		s.ring[slot].reset()
		s.at[slot] = second
	}
	f(s.total)
	f(s.ring[slot])
}

// read returns the counts since start and those of the recent seconds.
func (s *stats) read(now time.Time) (total, recent chain.LoadStats) {
	since := now.Sub(s.start)
	second := int64(since / time.Second)
	window := newTally(2)
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, at := range s.at {
		if at >= 0 && at > second-recentSeconds && at <= second {
			window.add(s.ring[i])
		}
	}
	// The window is the running second and the whole ones before it.
	length := min(since, (recentSeconds-1)*time.Second+since%time.Second)
	return s.total.stats(since.Seconds()), window.stats(length.Seconds())
}
