package example

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

type logSource struct {
	kind      string
	n         int
	namespace string // in every line, when one was asked for
}

// Follow sends a few hundred lines, as links write them.
func (l logSource) Follow(ctx context.Context, q feed.LogQuery) (<-chan []feed.LogLine, error) {
	out := make(chan []feed.LogLine, 1)
	var lines []feed.LogLine
	for k := 59; k >= 0; k-- {
		for i := range min(l.n, 8) {
			named := q.Pod == "" || q.Pod == pod(chain.DeploymentName(i), "", i, 0).Name
			if named && (len(q.Links) == 0 || slices.Contains(q.Links, i)) {
				lines = append(lines, l.line(k, i)...)
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b feed.LogLine) int { return a.Time.Compare(b.Time) })
	out <- lines
	if !q.Follow {
		close(out)
		return out, nil
	}
	go func() {
		<-ctx.Done()
		close(out)
	}()
	return out, nil
}

// line is what link i writes of request k: the same that its span says.
func (l logSource) line(k, i int) []feed.LogLine {
	var span zipkin.Span
	for _, s := range spans(l.kind, l.n, k) {
		if s.Kind == zipkin.Server && s.LocalEndpoint.ServiceName == chain.ServiceName(i) {
			span = s
		}
	}
	if span.ID == "" { // the request did not get there
		return nil
	}
	begin, took := time.UnixMicro(span.Timestamp).UTC(), time.Duration(span.Duration)*time.Microsecond
	say := func(at time.Time, level, msg, rest string) feed.LogLine {
		return feed.LogLine{Time: at, Link: i, Text: fmt.Sprintf(`{"time":%q,"level":%q,"msg":%q,"trace":%q%s}`, at.Format(time.RFC3339Nano), level, msg, span.TraceID, rest)}
	}
	fields := fmt.Sprintf(`,"method":"GET","path":%q,"status":%s,"ms":%.4g`, span.Tags["http.path"], span.Tags["http.status_code"], float64(span.Duration)/1000)
	if l.namespace != "" {
		fields += fmt.Sprintf(`,"namespace":%q`, l.namespace)
	}
	level := "INFO"
	if span.Tags["http.status_code"] == "503" {
		level = "WARN"
	}
	out := []feed.LogLine{say(begin.Add(took), level, "request", fields)}
	if l.kind == Slow && i == 2 {
		out = append(out, say(begin, "INFO", "fault applied", `,"latency":"150ms"`))
	}
	if l.kind == Errors && i == min(4, l.n-1) && k%3 == 0 {
		out = []feed.LogLine{say(begin.Add(took), "ERROR", "request failed", `,"status":503,"fault":"errors=30% status=503"`)}
	}
	if k%20 == 7 && i == 1 {
		out = append(out, say(begin.Add(took), "WARN", "configuration reloaded", `,"digest":"a1b2c3d4e5f6","links":6`))
	}
	return out
}
