package link

import (
	"context"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/openzipkin/zipkin-go"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/trace"
)

// statusGone counts callers that went away before the answer, as nginx does.
const statusGone = 499

// exchange is one request to / or /forward and what becomes of it.
type exchange struct {
	link   *Link
	route  *route // that it goes by; loaded again when a fault has held it up
	fault  string // that was in force when it came, in words; empty without one
	w      http.ResponseWriter
	r      *http.Request
	start  time.Time
	span   zipkin.Span // nil without tracing
	status int         // answered; 0 until then
	reason string      // why it failed, for the span and the log
}

// serve answers a request to / or /forward.
//
//nolint:contextcheck // the exchange has the request, and with it the context
func (l *Link) serve(w http.ResponseWriter, r *http.Request) {
	x := exchange{link: l, w: w, r: r, start: time.Now()}
	if l.draining.Load() || l.old(r) {
		w.Header()["Connection"] = closing
	}
	if n := l.metrics.inFlight.Add(1); n > int64(l.options.MaxInFlight) {
		x.fail(busy, "more than "+strconv.Itoa(l.options.MaxInFlight)+" requests at once")
		l.metrics.inFlight.Add(-1)
		x.finish()
		return
	}
	defer x.end()
	if l.tracing != nil {
		x.span = l.tracing.server(trace.Extract(r.Header), spanName(r))
	}
	x.answer()
}

var closing = []string{"close"}

// refuseBody keeps a slow sender of a body, which no link reads, from holding the connection.
func refuseBody(w http.ResponseWriter) {
	w.Header()["Connection"] = closing
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Second))
}

// end counts, logs and reports the exchange, also one that panicked.
func (x *exchange) end() {
	x.link.metrics.inFlight.Add(-1)
	broken := recover()
	if broken != nil && broken != http.ErrAbortHandler { //nolint:errorlint // the sentinel is panicked with as it is
		x.link.metrics.panics.Inc()
		x.link.options.Log.Error("panic", "trace", x.traceID(), "panic", broken, "stack", string(debug.Stack()))
		if x.status == 0 {
			x.fail(panicked, "panic")
			broken = nil
		} else {
			x.reason, broken = "panic", http.ErrAbortHandler
		}
	}
	x.finish()
	if broken != nil {
		panic(broken)
	}
}

func (x *exchange) finish() {
	took := time.Since(x.start)
	x.link.metrics.answered(x.status, took)
	if x.span != nil && !zipkin.IsNoop(x.span) {
		x.tag()
		x.span.Finish()
	}
	x.link.access.request(x, took)
}

// tag says on the span what zipkin-go's HTTP middleware says, and the fault in force.
func (x *exchange) tag() {
	x.span.Tag("http.method", x.r.Method)
	x.span.Tag("http.path", x.r.URL.Path)
	if x.fault != "" {
		x.span.Tag(chain.FaultTag, x.fault)
	}
	tagOutcome(x.span, x.status, x.reason)
}

// tagOutcome marks what was not answered with success. The reason, where there is one, says more than the status.
func tagOutcome(span zipkin.Span, status int, reason string) {
	if status >= 200 && status < 300 && reason == "" {
		return
	}
	if status != 0 {
		span.Tag("http.status_code", strconv.Itoa(status))
	}
	if reason == "" && status >= 400 {
		reason = strconv.Itoa(status)
	}
	if reason != "" {
		span.Tag("error", reason)
	}
}

// answer decides what the request gets.
func (x *exchange) answer() {
	l := x.link
	x.route = l.route.Load()
	rt := x.route
	if rt == nil {
		_, err := l.watcher.Current()
		x.fail(unconfigured(err), "no configuration")
		return
	}
	x.fault = rt.words
	if v := x.r.Header[CurrentServiceHeader]; len(v) > 0 && !rt.listed[v[0]] {
		x.fail(invalidService, "invalid service")
		return
	}
	draw := rt.dice.Draw()
	if draw.Error {
		l.metrics.errors.Inc()
		x.fail(message(rt.fault.ErrorStatus(), l.options.Service+" fails on purpose: "+rt.words), "fault: "+rt.words)
		return
	}
	wait := draw.Latency + draw.Sleep
	if rt.next == "" && wait == 0 {
		x.reply(l.final)
		return
	}
	left := timeLeft(x.r.Header, l.options.Timeout)
	ctx, cancel := context.WithDeadline(x.r.Context(), x.start.Add(left))
	defer cancel()
	if wait > 0 && !x.sleep(ctx, draw.Latency, draw.Sleep) {
		x.interrupted(ctx, "was held up on purpose: "+rt.words)
		return
	}
	if wait > 0 { // while it slept, the link that it would have called may have left the chain
		x.route = l.route.Load()
	}
	if x.route.next == "" {
		x.reply(l.final)
		return
	}
	x.forward(ctx, x.start.Add(left))
}

// sleep waits as the fault says; false when the request's time was up before.
func (x *exchange) sleep(ctx context.Context, latency, sleep time.Duration) bool {
	if latency > 0 {
		x.link.metrics.latencies.Inc()
	}
	if sleep > 0 {
		x.link.metrics.sleeps.Inc()
	}
	t := time.NewTimer(latency + sleep)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// interrupted answers a request whose time is up, or whose caller has gone.
func (x *exchange) interrupted(ctx context.Context, doing string) {
	if x.r.Context().Err() != nil || ctx.Err() == nil || ctx.Err() == context.Canceled { //nolint:errorlint // Err returns it bare
		x.status, x.reason = statusGone, "the caller went away"
		panic(http.ErrAbortHandler) // closes the connection, on which nobody waits
	}
	text := x.link.options.Service + " " + doing + ": the request's time was up after " + time.Since(x.start).Round(time.Millisecond).String()
	x.fail(message(http.StatusGatewayTimeout, text), text)
}

func (x *exchange) fail(a answer, reason string) {
	x.reason = reason
	x.reply(a)
}

func (x *exchange) reply(a answer) {
	x.status = a.status
	a.write(x.w)
}

// traceID is empty for requests that are not traced.
func (x *exchange) traceID() string {
	if x.span == nil {
		return ""
	}
	return x.span.Context().TraceID.String()
}

func spanName(r *http.Request) string {
	if r.Method == http.MethodGet {
		if r.URL.Path == forwardPath {
			return "get " + forwardPath
		}
		return "get " + rootPath
	}
	return strings.ToLower(r.Method) + " " + r.URL.Path
}
