package ui_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// queried notes what its log is asked for.
type queried struct {
	written

	mu   sync.Mutex
	last feed.LogQuery
}

func (l *queried) Follow(ctx context.Context, q feed.LogQuery) (<-chan []feed.LogLine, error) {
	l.mu.Lock()
	l.last = q
	l.mu.Unlock()
	return l.written.Follow(ctx, q)
}

func (l *queried) query() feed.LogQuery {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

const soughtID = "0000000000000000c0ffee0123456789"

// logsOfTrace opens the logs of link 2 for a trace of a minute ago.
func logsOfTrace(t *testing.T, snap func(*state.Snapshot), lines ...feed.LogLine) (*uitest.Screen, *queried) {
	source := &queried{written: written{lines: lines}}
	s := changed(t, 100, 30, snap, func(s *feed.Session) { s.Logs = source })
	at := example.Now.Add(-time.Minute)
	return s.Send(page.Open{Page: "logs", Link: 2, Trace: soughtID, From: at, To: at.Add(time.Second)}), source
}

func ago(d time.Duration, text string) feed.LogLine {
	return feed.LogLine{Time: example.Now.Add(-d), Text: text}
}

// The log is read from the trace on, however many lines have come since: not only its last ones.
func TestTheLogOfATraceIsReadFromItsTimeOn(t *testing.T) {
	s, source := logsOfTrace(t, nil, ago(time.Minute, request), ago(time.Second, "since then"))
	s.Await(soon, "standing still").NotSee("no line has").Press("y").See(`copied: {"level":"INFO"`)
	if q := source.query(); q.Tail != 0 || q.Since < 61*time.Second || q.Since > 80*time.Second || !q.Follow {
		t.Errorf("asked for %+v", q)
	}
	s.Press("p").Settle()
	if q := source.query(); !q.Previous || q.Since < 61*time.Second {
		t.Errorf("of the previous container: asked for %+v", q)
	}
	s.Esc().Press("p").Settle()
	if q := source.query(); q.Since != 0 || q.Tail == 0 {
		t.Errorf("when no trace is looked for any more: asked for %+v", q)
	}
}

// When no line has the trace, the page says why, if that can be known.
func TestWhyNoLineHasTheTrace(t *testing.T) {
	started := func(restarts int32) func(*state.Snapshot) {
		return func(s *state.Snapshot) {
			c := &s.Links[2].Pods[0].Containers[0]
			c.Started, c.Restarts = example.Now.Add(-30*time.Second), restarts
		}
	}
	for _, c := range []struct {
		snap  func(*state.Snapshot)
		lines []feed.LogLine
		why   string
	}{
		{started(1), nil, "no line has 00000000…: the container was restarted since then; p shows what it wrote before"},
		{started(0), nil, "the pod was started after it"},
		{nil, []feed.LogLine{ago(20*time.Second, "other")}, "there is no line from before 10:01:53"},
		{nil, []feed.LogLine{ago(70*time.Second, "before"), ago(59*time.Second, `{"msg":"request","linesLeftOut":7}`)}, "links write a part of their lines only"},
		{nil, []feed.LogLine{ago(70*time.Second, "before"), ago(59*time.Second, "other")}, "no line has 0000000000000000c0ffee0"},
	} {
		s, _ := logsOfTrace(t, c.snap, c.lines...)
		s.Await(soon, c.why).Esc().NotSee("no line has")
	}
}

// What was found stays: reading stops before it would have to make room for what came later.
func TestTheLineOfATraceDoesNotMakeRoom(t *testing.T) {
	lines := []feed.LogLine{ago(time.Minute, request)}
	for i := range 19_000 {
		lines = append(lines, ago(50*time.Second, fmt.Sprint(i)))
	}
	source := &inBatches{lines: lines, more: make([]feed.LogLine, 2000)}
	s := changed(t, 100, 30, nil, func(s *feed.Session) { s.Logs = source })
	at := example.Now.Add(-time.Minute)
	s.Send(page.Open{Page: "logs", Link: 2, Trace: soughtID, From: at, To: at.Add(time.Second)})
	s.Await(soon, "stopped reading here, f goes to the newest").NotSee("older lines are gone").
		Press("y").See(`copied: {"level":"INFO"`).Press("end").See("stopped reading here").
		Press("f").Await(soon, "● following")
}

// inBatches is a log that comes in two parts.
type inBatches struct{ lines, more []feed.LogLine }

func (l *inBatches) Follow(ctx context.Context, q feed.LogQuery) (<-chan []feed.LogLine, error) {
	out := make(chan []feed.LogLine, 2)
	out <- l.lines
	if q.Since > 0 {
		out <- l.more
	}
	context.AfterFunc(ctx, func() { close(out) })
	return out, nil
}
