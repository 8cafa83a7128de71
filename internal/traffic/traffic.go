// Package traffic says what flows through a chain: how fast each link is, where requests fail, which link makes the
// chain slow and which get none. It is pure: traces and the load generator's state in, numbers and verdicts out.
package traffic

import (
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/stats"
)

// Traffic is the chain's requests at a moment: from the newest traces and from the load generator's /state.
type Traffic struct {
	Traces int              // how many traces the links' numbers come from
	Spans  int              // of these traces
	Load   *chain.LoadState // nil without a load generator, or when it did not answer
	Recent []*traces.Trace  // the newest, newest first
	Past   []stats.Point    // those before them, of the last minute
	Err    string           // why there are no traces, or no load; empty when all is well
	Links  map[string]Link  // by service name
}

// Link is one link's requests.
type Link struct {
	Requests int           // in the traces looked at
	Rate     float64       // per second
	P50, P95 time.Duration // of the link's span: itself and all that is downstream
	Self     time.Duration // median of its own time, without downstream, in the newest traces
	Errors   float64       // share of its requests that failed, 0 to 1
	Origin   bool          // failures begin here, rather than being passed on
	Slow     bool          // its own time is what makes the chain slow
	Idle     bool          // nothing reaches it although requests enter the chain
	Why      string        // a sentence about Slow, Origin or Idle
	Series   []float64     // median own time in ms of the last minutes, oldest first; NaN where nothing was seen
}
