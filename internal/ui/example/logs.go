package example

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
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

func (l logSource) line(k, i int) []feed.LogLine {
	at := Now.Add(-time.Duration(k)*200*time.Millisecond - 200*time.Millisecond + time.Duration(i)*900*time.Microsecond)
	trace := fmt.Sprintf("4f1c9a2e%08x%016x", k*7919, k+1)
	say := func(level, msg, rest string) feed.LogLine {
		return feed.LogLine{Time: at, Link: i, Text: fmt.Sprintf(`{"time":%q,"level":%q,"msg":%q,"trace":%q%s}`, at.Format(time.RFC3339Nano), level, msg, trace, rest)}
	}
	fields := `,"method":"GET","path":"/forward","status":200,"ms":1.04`
	if l.namespace != "" {
		fields += fmt.Sprintf(`,"namespace":%q`, l.namespace)
	}
	out := []feed.LogLine{say("INFO", "request", fields)}
	if l.kind == Slow && i == 2 {
		out = append(out, say("INFO", "fault applied", `,"latency":"150ms"`))
	}
	if l.kind == Errors && i == min(4, l.n-1) && k%3 == 0 {
		out = []feed.LogLine{say("ERROR", "request failed", `,"status":503,"fault":"errors=30% status=503"`)}
	}
	if k%20 == 7 && i == 1 {
		out = append(out, say("WARN", "configuration reloaded", `,"digest":"a1b2c3d4e5f6","links":6`))
	}
	return out
}
