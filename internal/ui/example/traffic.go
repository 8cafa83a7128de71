package example

import (
	"math"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// Traffic is what flows through an example.
func Traffic(kind string, n int) *feed.Traffic {
	t := &feed.Traffic{Links: map[string]feed.LinkTraffic{}}
	if kind == Empty || kind == Connecting || kind == Forbidden || kind == Unusable || kind == Login {
		return t
	}
	t.Traces, t.Spans, t.Recent = 100, 100*n, Traces(kind, n)
	t.Load = &chain.LoadState{Load: chain.Load{Rate: 5}, Recent: chain.LoadStats{Seconds: 30, Sent: 150, OK: 150, Rate: 5, P50: 11.2, P95: 17.4, P99: 24}}
	for i := range n {
		self := time.Duration(700+(i*317)%600) * time.Microsecond
		down := time.Duration(n-i) * 1100 * time.Microsecond
		l := feed.LinkTraffic{Requests: 100, Rate: 5, Self: self, P50: down, P95: down * 3 / 2, Series: series(i, float64(self)/1e6)}
		flowOf(t, &l, kind, i, n)
		t.Links[chain.ServiceName(i)] = l
	}
	return t
}

func flowOf(t *feed.Traffic, l *feed.LinkTraffic, kind string, i, n int) {
	slow, bad := 2%n, min(4, n-1)
	switch {
	case kind == Slow && i == slow:
		l.Self, l.Slow = 151*time.Millisecond, true
		l.Why = "slow for 40 s: its own time is 151 ms of the 161 ms median"
		for k := len(l.Series) / 2; k < len(l.Series); k++ {
			l.Series[k] += 150
		}
		fallthrough
	case kind == Slow && i < slow:
		l.P50 += 150 * time.Millisecond
		l.P95 += 155 * time.Millisecond
		t.Load.Recent.P50, t.Load.Recent.P95 = 161, 170
	case kind == Errors && i == bad:
		l.Errors, l.Origin, l.Why = 0.3, true, "3 of its newest 10 requests fail here with 503; links before it pass that on"
		t.Load.Recent.OK, t.Load.Recent.Failed = 105, 45
	case kind == Errors && i < bad:
		l.Errors = 0.3
	case kind == Errors:
		l.Rate *= 0.7
	case kind == Failing && i >= 1%n:
		*l = feed.LinkTraffic{Idle: i > 1%n, Why: "nothing reaches it: link 1 fails"}
		t.Load.Recent.OK, t.Load.Recent.Failed = 0, 150
	}
}

// series is three minutes of a link's own time in ms, with a little life in it.
func series(seed int, base float64) []float64 {
	out := make([]float64, 60)
	for i := range out {
		x := float64(i*(seed+3) + seed*7)
		out[i] = base * (1 + 0.35*math.Sin(x*0.9) + 0.25*math.Sin(x*2.3+1))
	}
	return out
}
