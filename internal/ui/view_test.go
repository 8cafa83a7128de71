package ui_test

import (
	"context"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// changed starts a dashboard on an example whose snapshot and session were changed.
func changed(t *testing.T, kind string, w, h int, snap func(*state.Snapshot), session func(*feed.Session)) *uitest.Screen {
	t.Helper()
	s, snapshots := example.Session(kind, 6)
	if session != nil {
		session(s)
	}
	o := options(kind, 6)
	o.Open = example.Fixed(s)
	screen := uitest.Start(t, w, h, o).Version(1)
	if snap != nil {
		next := example.Snapshot(kind, 6)
		next.Version = 2
		snap(next)
		screen.Settle()
		snapshots <- next
		screen.Version(2)
	}
	return screen.Settle()
}

// written is a log that goes on, or ends.
type written struct {
	lines []feed.LogLine
	ends  bool
}

func (l written) Follow(ctx context.Context, _ feed.LogQuery) (<-chan []feed.LogLine, error) {
	out := make(chan []feed.LogLine, 1)
	out <- l.lines
	if l.ends {
		close(out)
	} else {
		context.AfterFunc(ctx, func() { close(out) })
	}
	return out, nil
}

func logLines(texts ...string) (lines []feed.LogLine) {
	for i, text := range texts {
		lines = append(lines, feed.LogLine{Time: example.Now.Add(time.Duration(i) * time.Millisecond), Text: text})
	}
	return lines
}

func logsOf(t *testing.T, w int, source written) *uitest.Screen {
	return changed(t, example.Healthy, w, 30, nil, func(s *feed.Session) { s.Logs = source }).Press("5")
}

const request = `{"level":"INFO","msg":"request","path":"/forward","status":200,"trace":"0000000000000000c0ffee0123456789"}`

// The search sees what is on screen, and what was written; when nothing is found it says so.
func TestSearchInLogs(t *testing.T) {
	s := logsOf(t, 100, written{lines: logLines("begun", request, "ended")})
	s.Await(soon, "ended").Press("/").Type("path=/forward").See("standing still").NotSee("no line has").
		Press("ctrl+u").Type(`"status":200`).See("standing still").NotSee("no line has").
		Press("ctrl+u").Type("nowhere").See("no line has nowhere").
		Press("ctrl+u").Type("c0ffee0123456789").Enter().NotSee("no line has").Press("n").See("no more of")
}

// The level hides no line that names none, such as a panic's, nor that lines are missing; what it hides is counted.
func TestTheLevelHidesNoPanic(t *testing.T) {
	lines := append(logLines(request, "panic: nil map", "goroutine 1 [running]:"), feed.LogLine{Time: example.Now.Add(time.Second), Gap: "you may not get pods/log"})
	s := logsOf(t, 100, written{lines, true})
	s.Await(soon, "ended").Press("v", "v", "v").See("only ERROR", "panic: nil map", "goroutine 1", "1 line hidden by the level", "you may not get pods/log").NotSee("/forward")
	logsOf(t, 100, written{lines: logLines(request)}).Await(soon, "/forward").Press("v", "v").See("1 line hidden by the level", "v shows others")
}

// Logs that were opened for a trace stand on its first line, by whatever form of its id, at any width.
func TestLogsOfATrace(t *testing.T) {
	other := `{"level":"INFO","msg":"request","path":"/a/very/long/path/that/takes/the/whole/width/of/the/screen","trace":"00000000000000000000000000000001"}`
	s := logsOf(t, 80, written{lines: logLines(other, request, other)})
	s.Await(soon, "trace=c0ffee01…").Send(page.Open{Page: "logs", Link: -1, Trace: "c0ffee0123456789"}).Await(soon, "standing still").
		NotSee("no line has").Press("y").See(`copied: {"level":"INFO","msg":"request","path":"/forward"`)
}

func TestLogsOfWhatIsGone(t *testing.T) {
	s := changed(t, example.Healthy, 100, 30, nil, func(s *feed.Session) { s.Logs = written{} })
	s.Send(page.Open{Page: "logs", Link: 2, Pod: "chain-link-x"}).See("pod chain-link-x is gone, and its log with it", "a goes on")
	s.Send(page.Open{Page: "logs", Link: 9}).See("link 9 is not in the chain").NotSee("waiting")
	s.Send(page.Open{Page: "logs", Link: 2}).See("waiting for lines…")
}
