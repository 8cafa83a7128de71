package link

import (
	"log/slog"
	"sync"
	"time"
)

// linesPerSecond bounds the access log: beyond it, lines cost more than the requests.
const linesPerSecond = 100

// accessLog writes a line a request.
type accessLog struct {
	level AccessLog
	log   *slog.Logger

	mu      sync.Mutex
	second  int64
	lines   int
	leftOut int
}

// mayWrite goes by when requests end: they end about in that order, so that a second is over once the next one has begun.
// One that went back by more is a clock that was set.
func (a *accessLog) mayWrite(now time.Time) (write bool, leftOut int) {
	second := now.Unix()
	a.mu.Lock()
	defer a.mu.Unlock()
	if second > a.second || second < a.second-1 {
		a.second, a.lines = second, 0
	}
	if a.lines >= linesPerSecond {
		a.leftOut++
		return false, 0
	}
	a.lines++
	leftOut, a.leftOut = a.leftOut, 0
	return true, leftOut
}

// request writes the line of an exchange, if there is to be one.
func (a *accessLog) request(x *exchange, took time.Duration) {
	bad := x.status >= 500
	if a.level == AccessOff || (a.level == AccessErrors && !bad) {
		return
	}
	write, leftOut := a.mayWrite(x.start.Add(took))
	if !write {
		return
	}
	level := slog.LevelInfo
	if bad {
		level = slog.LevelWarn
	}
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("method", x.r.Method), slog.String("path", x.r.URL.Path),
		slog.Int("status", x.status), slog.Float64("ms", float64(took.Microseconds())/1000))
	if id := x.traceID(); id != "" {
		attrs = append(attrs, slog.String("trace", id))
	}
	if x.reason != "" {
		attrs = append(attrs, slog.String("reason", x.reason))
	}
	if leftOut > 0 {
		attrs = append(attrs, slog.Int("linesLeftOut", leftOut))
	}
	a.log.LogAttrs(x.r.Context(), level, "request", attrs...)
}
