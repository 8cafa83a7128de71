package validate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// leastSuccess is the share of the load generator's requests that has to succeed.
const leastSuccess = 0.99

// LoadSample is the load generator's state at two moments.
type LoadSample struct {
	Before, After chain.LoadState
	Err           error // why it could not be asked
}

// window is what the Recent counts of a LoadState cover.
const window = 30 * time.Second

// CheckLoad judges the requests of the last 30 s. Where the chain became ready or was changed only within those, it
// judges the ones sent between the two samples: before that they had to fail.
func CheckLoad(s *state.Snapshot, l LoadSample, now time.Time) Verdict {
	switch load := s.Load; {
	case load == nil || !load.Exists:
		return skip(Load, "the chain has no load generator")
	case load.Bare:
		return skip(Load, "the load generator is a bare Pod of the original's tool, which counts nothing")
	case l.Err != nil:
		return fail(Load, Finding{Link: -1, Object: chain.LoadGenerator, Reason: "NoAnswer", Message: "its /state can't be read: " + l.Err.Error(),
			Hint: "chaintui logs " + chain.LoadGenerator})
	}
	stats, span := l.After.Recent, "in the last 30 s"
	if recent(s, now) && failedShare(stats) > 1-leastSuccess {
		stats, span = between(l.Before.Total, l.After.Total), "since the last change"
	}
	answered := stats.OK + stats.Failed
	switch {
	case l.After.Load.Rate == 0:
		return skip(Load, "the load is paused (rate 0)")
	case answered == 0:
		return skip(Load, "the load generator has no samples "+span)
	case failedShare(stats) > 1-leastSuccess:
		return fail(Load, Finding{Link: -1, Object: chain.LoadGenerator, Reason: "Failures",
			Message: fmt.Sprintf("%d of %d requests failed %s%s", stats.Failed, answered, span, reasons(stats)),
			Hint:    "chaintui traces list --errors; the request above tells which link"})
	}
	text := fmt.Sprintf("%d of %d requests succeeded %s", stats.OK, answered, span)
	if stats.P95 > 0 {
		text += fmt.Sprintf(", p95 %.1f ms", stats.P95)
	}
	return pass(Load, text)
}

func failedShare(s chain.LoadStats) float64 {
	if n := s.OK + s.Failed; n > 0 {
		return float64(s.Failed) / float64(n)
	}
	return 0
}

func between(a, b chain.LoadStats) chain.LoadStats {
	if b.OK < a.OK || b.Failed < a.Failed { // it was restarted in between
		return chain.LoadStats{}
	}
	d := chain.LoadStats{OK: b.OK - a.OK, Failed: b.Failed - a.Failed, Sent: b.Sent - a.Sent, Reasons: map[string]int{}}
	for reason, n := range b.Reasons {
		if n -= a.Reasons[reason]; n > 0 {
			d.Reasons[reason] = n
		}
	}
	return d
}

func reasons(s chain.LoadStats) string {
	if len(s.Reasons) == 0 {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(s.Reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Reasons[b], s.Reasons[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s × %d", name, s.Reasons[name])
	}
	return ": " + strings.Join(names, ", ")
}

// recent tells whether the chain became ready, or was changed, so short a time ago that the window holds requests from
// before. Live settings don't count while they make requests fail on purpose: what fails then is no remnant.
func recent(s *state.Snapshot, now time.Time) bool {
	last := s.LiveSince
	for _, f := range s.Live.Faults {
		if f.ErrorRate > 0 {
			last = time.Time{}
		}
	}
	if r := s.Release(); r != nil && r.Time.After(last) {
		last = r.Time
	}
	for i := range s.Links {
		if at := s.Links[i].Since; at.After(last) {
			last = at
		}
	}
	return now.Sub(last) < window
}
