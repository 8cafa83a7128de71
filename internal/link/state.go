package link

import (
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

// readiness is whether requests should come here. It never asks the next link: one that is down would take all before
// it down too.
func (l *Link) readiness() answer {
	if l.draining.Load() {
		return draining
	}
	if l.route.Load() == nil {
		_, err := l.watcher.Current()
		return unconfigured(err)
	}
	return okAnswer
}

func unconfigured(err error) answer {
	text := "no configuration"
	if err != nil {
		text += ": " + err.Error()
	}
	return message(http.StatusServiceUnavailable, text)
}

// State is where the link stands and what it has loaded.
func (l *Link) State() chain.LinkState {
	s := chain.LinkState{Service: l.options.Service, Index: -1, Draining: l.draining.Load(), Version: l.options.Version,
		Pod: l.options.Pod, Requests: l.metrics.requests.Load(), Failed: l.metrics.failed.Load()}
	_, err := l.watcher.Current()
	if err != nil {
		s.Error = err.Error()
	}
	if rt := l.route.Load(); rt != nil {
		s.Index, s.Next, s.Length, s.Fault = rt.index, rt.next, rt.length, rt.fault
		s.Config, s.Loaded = rt.settings.Digest, rt.settings.Loaded
	}
	if l.tracing != nil {
		s.SpansSent = l.tracing.reporter.Sent()
		for _, n := range l.tracing.reporter.Dropped() {
			s.SpansLost += n
		}
	}
	return s
}

func (l *Link) serveState(w http.ResponseWriter) {
	body, err := json.Marshal(l.State())
	if err != nil {
		message(http.StatusInternalServerError, err.Error()).write(w)
		return
	}
	answer{http.StatusOK, body, []string{strconv.Itoa(len(body))}}.write(w)
}

// serverLog is where net/http writes of broken connections: seldom of interest.
func serverLog(to *slog.Logger) *log.Logger { return slog.NewLogLogger(to.Handler(), slog.LevelDebug) }
