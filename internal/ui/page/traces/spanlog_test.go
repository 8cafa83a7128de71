package traces

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

var at = time.Date(2026, 11, 21, 10, 2, 13, 0, time.UTC)

const id = "0000000000000000000000000000abcd"

// written is a log: lines in batches, and then nothing until the reader gives up.
type written struct {
	batches [][]feed.LogLine
	err     error
}

func (w written) Follow(ctx context.Context, _ feed.LogQuery) (<-chan []feed.LogLine, error) {
	out := make(chan []feed.LogLine)
	go func() {
		defer close(out)
		for _, b := range w.batches {
			out <- b
		}
		<-ctx.Done()
	}()
	return out, w.err
}

func line(after time.Duration, text string) feed.LogLine {
	return feed.LogLine{Time: at.Add(after), Text: text}
}

func span(after, duration time.Duration) *traces.Row {
	half := traces.Half{Span: zipkin.Span{Timestamp: at.Add(after).UnixMicro(), Duration: duration.Microseconds()}, Shift: 5_000_000}
	return &traces.Row{Own: &half}
}

func read(batches ...[]feed.LogLine) podLog {
	return linesBetween(context.Background(), written{batches: batches}, feed.LogQuery{}, id, at, at.Add(10*time.Second))
}

// What the log is asked for ends with the first line that is later, although there would be more.
func TestReadsLinesOfTheTracesTimeOnly(t *testing.T) {
	got := read([]feed.LogLine{line(-time.Second, "before"), line(0, "first")},
		[]feed.LogLine{line(10*time.Second, "last"), line(11*time.Second, "after")})
	if len(got.other) != 2 || got.other[0].Text != "first" || got.other[1].Text != "last" || len(got.own) != 0 || got.err != "" {
		t.Errorf("%+v", got)
	}
}

func TestLinesWithTheTracesIDComeFirst(t *testing.T) {
	got := read([]feed.LogLine{
		line(0, "near"), line(9*time.Second, `{"msg":"\u001b[31mof it","trace":"abcd"}`), line(11*time.Second, ""),
	})
	if lines := got.of(span(0, time.Millisecond)); len(lines) != 1 || lines[0].Text != "of it" {
		t.Errorf("%+v", lines)
	}
}

// The log's times are compared with those that the span was recorded with, not with corrected ones.
func TestLinesNearTheSpanStandIn(t *testing.T) {
	got := read([]feed.LogLine{
		line(time.Second, "too early"), line(2100*time.Millisecond, "just before"), line(4*time.Second, "in it"),
		line(5900*time.Millisecond, "just after"), line(7*time.Second, "too late"), line(11*time.Second, ""),
	})
	var texts []string
	for _, l := range got.of(span(3*time.Second, 2*time.Second)) {
		texts = append(texts, l.Text)
	}
	if text := strings.Join(texts, ", "); text != "just before, in it, just after" {
		t.Error(text)
	}
}

func TestLinesKeptAreBounded(t *testing.T) {
	lines := []feed.LogLine{line(0, "with trace="+id)}
	for i := range 10_000 {
		lines = append(lines, line(time.Second, fmt.Sprint(i)))
	}
	got := read(append(lines, line(11*time.Second, "")))
	if n := len(got.other); n > 2*linesKept || got.other[n-1].Text != "9999" || len(got.own) != 1 {
		t.Errorf("%d lines, %d own", n, len(got.own))
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	if got := read([]feed.LogLine{{Gap: "the kubelet does not answer"}, line(11*time.Second, "")}); got.err != "the kubelet does not answer" {
		t.Errorf("%+v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	got := linesBetween(ctx, written{err: errors.New("no such pod")}, feed.LogQuery{}, id, at, at)
	if got.err != "no such pod" {
		t.Errorf("%+v", got)
	}
}
