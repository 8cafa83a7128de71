package traffic

import (
	"math"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
)

// Which traces tell how the chain is now: the newest few, so that at 5 requests per second a fault shows within three
// seconds; fewer when they come slowly, but so many that one odd trace does not move a median.
const (
	judged   = 20
	within   = 8 * time.Second // of the newest one
	fewest   = 5
	enough   = 3     // traces without something, before it may be called over
	unlikely = 0.002 // the chance below which the lack of something is no chance: verdicts flicker as often
)

// newest are those of the traces (newest first) that tell how the chain is now.
func newest(settled []*traces.Trace) []*traces.Trace {
	n := 0
	for n < min(judged, len(settled)) && (n < fewest || settled[0].Start-settled[n].Start <= within.Microseconds()) {
		n++
	}
	return settled[:n]
}

// over tells whether what happened hits times in n traces, but not in the newest since of them, has come to an end. That
// depends on how often it happened before: of what happened always, three traces without it are enough; what happens in
// one of a hundred may be missing for long. What happens more than once in a trace counts once.
func over(n, hits, since int) bool {
	if since < enough {
		return false
	}
	share := float64(min(hits, n-since)) / float64(n-since+1) // never 1: nothing is quite certain
	return hits == 0 || math.Pow(1-share, float64(since)) < unlikely
}
