package link

import (
	"net/http"
	"strconv"
	"time"
)

// Paths that a link serves.
const (
	rootPath      = "/"
	forwardPath   = "/forward"
	readinessPath = "/readiness"
	livezPath     = "/livez"
	metricsPath   = "/metrics"
	statePath     = "/state"
)

// Headers between links, in net/http's canonical form.
const (
	// CurrentServiceHeader names the service that is called; the original's.
	CurrentServiceHeader = "X-Current-Service"
	// TimeoutHeader carries the milliseconds that are left of the whole request's time. It is a duration and not a
	// moment, so that clocks need not agree.
	TimeoutHeader = "X-Chain-Link-Timeout-Ms"
	// HopsHeader counts the links that the request has passed.
	HopsHeader = "X-Chain-Link-Hops"
)

// margin is taken off the time that is passed on, so that of two hops that wait for the same slow link the nearer one
// gives up first, and its answer, which names the place, can travel back.
const margin = 2 * time.Millisecond

// timeLeft is how long this request may take: what the caller gives, at most our own timeout.
func timeLeft(h http.Header, own time.Duration) time.Duration {
	v := h[TimeoutHeader]
	if len(v) == 0 {
		return own
	}
	ms, err := strconv.ParseInt(v[0], 10, 64)
	if err != nil || ms < 0 || ms > own.Milliseconds() {
		return own
	}
	return time.Duration(ms) * time.Millisecond
}

// hops is how many links the request has passed; what can't be read counts as none.
func hops(h http.Header) int {
	v := h[HopsHeader]
	if len(v) == 0 {
		return 0
	}
	n, err := strconv.Atoi(v[0])
	if err != nil || n < 0 {
		return 0
	}
	return n
}
