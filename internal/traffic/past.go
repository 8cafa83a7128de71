package traffic

import (
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/stats"
)

// What is kept of traces that are no longer among the newest: how long they took, for so long, and of so many. At some
// 50 requests a second the newest reach back two seconds only.
const (
	pastFor  = time.Minute
	pastMost = 6000
)

// past are the points of such traces, oldest first. Readers keep what they were given: points are only ever added after
// that, and dropped before it.
type past struct {
	points []stats.Point
	upTo   int64 // when the last one began: a collector may send those up to it again
}

// leave adds traces, newest first, and drops what is over a minute older than the newest of all.
func (p *past) leave(behind []*held, newest int64) {
	for _, h := range slices.Backward(behind) {
		if h.trace.Start > p.upTo {
			p.points, p.upTo = append(p.points, Point(h.trace)), h.trace.Start
		}
	}
	since := time.UnixMicro(newest).Add(-pastFor)
	n := max(len(p.points)-pastMost, 0)
	for n < len(p.points) && p.points[n].At.Before(since) {
		n++
	}
	p.points = p.points[n:]
}

// Point is a trace as a heatmap's point.
func Point(t *traces.Trace) stats.Point {
	return stats.Point{At: time.UnixMicro(t.Start), Duration: t.Duration(), Failed: t.Origin >= 0}
}
