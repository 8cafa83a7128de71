package ui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// changed starts a dashboard on a healthy example whose snapshot and session were changed.
func changed(t *testing.T, w, h int, snap func(*state.Snapshot), session func(*feed.Session)) *uitest.Screen {
	t.Helper()
	s, snapshots := example.Session(example.Healthy, 6)
	if session != nil {
		session(s)
	}
	o := options(example.Healthy, 6)
	o.Open = example.Fixed(s)
	screen := uitest.Start(t, w, h, o).Version(1)
	if snap != nil {
		next := example.Snapshot(example.Healthy, 6)
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
	return changed(t, w, 30, nil, func(s *feed.Session) { s.Logs = source }).Press("5")
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
	for _, id := range []string{"c0ffee0123456789", "0000000000000000c0ffee0123456789"} {
		mine := strings.ReplaceAll(request, "0000000000000000", "")
		s := logsOf(t, 80, written{lines: logLines(other, mine, other)})
		s.Await(soon, "trace=c0ffee01…").Send(page.Open{Page: "logs", Link: -1, Trace: id}).Await(soon, "standing still").
			NotSee("no line has").Press("y").See(`copied: {"level":"INFO","msg":"request","path":"/forward"`)
	}
}

func TestLogsOfWhatIsGone(t *testing.T) {
	s := changed(t, 100, 30, nil, func(s *feed.Session) { s.Logs = written{} })
	s.Send(page.Open{Page: "logs", Link: 2, Pod: "chain-link-x"}).See("pod chain-link-x is gone, and its log with it", "a goes on")
	s.Send(page.Open{Page: "logs", Link: 9}).See("link 9 is not in the chain").NotSee("waiting")
	s.Send(page.Open{Page: "logs", Link: 2}).See("waiting for lines…")
}

// What the API server refuses while the chain is on screen is said over it: at length where there is room.
func TestRightsLostWhileLive(t *testing.T) {
	lose := func(phase state.Phase, why string) func(*state.Snapshot) {
		return func(s *state.Snapshot) { s.Conn = state.Conn{Phase: phase, Since: example.Now, Err: why} }
	}
	s := changed(t, 80, 24, lose(state.Forbidden, "you may not list pods in namespace chain-link, nor watch services"), nil)
	s.See("✗ you may not list pods in namespace chain-link, nor watch services", "chain-link-0").
		Press("2").See("✗ you may not list pods", "link↑")
	changed(t, 100, 30, lose(state.Forbidden, "you may not list pods"), nil).See("✗ not all can be seen: you may not list pods")
	changed(t, 80, 24, lose(state.Unusable, "the token is expired"), nil).See("✗ what is shown is old: the token is expired")
	start(t, example.Stale).NotSee("what is shown is old", "not all can be seen")
}

func TestEventsThatCantBeReadOrAreNotYet(t *testing.T) {
	changed(t, 100, 30, func(s *state.Snapshot) {
		s.Events, s.Conn.Denied = nil, []state.Denial{{Verb: "list", Resource: "events", Namespace: "chain-link"}}
	}, nil).Press("4").See("you may not list events in namespace chain-link").NotSee("no events")
	changed(t, 100, 30, func(s *state.Snapshot) { s.Events, s.EventsRead = nil, false }, nil).
		Press("4").See("reading…").NotSee("no events")
	changed(t, 100, 30, func(s *state.Snapshot) { s.Events = nil }, nil).Press("4").See("no events")
}

// Old news is told quietly.
func TestStaleIsNotGreen(t *testing.T) {
	start(t, example.Stale).See("● was: 6 links ready", "stale since 12 s")
}

// The way into a page goes before what the connection may say at length.
func TestTheWayIsNotCutForTheConnection(t *testing.T) {
	s := changed(t, 80, 24, nil, nil).See("● live · read-write").Press("5").See("› all links", "● live").NotSee("read-write")
	s.Press("3", "enter").See("› 4f1c")
	o := options(example.Healthy, 6)
	o.Open = example.ReadOnly(o.Open)
	uitest.Start(t, 80, 24, o).Version(1).See("live · read-only").Press("4", "w").See("only", "● read-only")
}

// Keys that would lead nowhere say so.
func TestWaysThatLeadNowhere(t *testing.T) {
	of := func(kind, name string) func(*state.Snapshot) {
		return func(s *state.Snapshot) {
			s.Events = []state.Event{{Time: example.Now, First: example.Now, Count: 1, Reason: "Odd", Message: "odd", Kind: kind, Name: name, Link: -1}}
		}
	}
	changed(t, 100, 30, of("Deployment", "zipkin-deployment"), nil).Press("4", "l").See("this event is about no link, and no pod").
		Enter().See("Odd")
	zipkin := example.Snapshot(example.Healthy, 6).Collect.Pods[0].Name
	changed(t, 100, 30, of("Pod", zipkin), nil).Press("4", "l").See("zipkin-deployment").NotSee("Odd")
	changed(t, 100, 30, of("Pod", "zipkin-gone"), nil).Press("4").Enter().See("pod zipkin-gone is gone", "link↑")
	start(t, example.Healthy).Press("2", "end", "t").See("this pod is no link's")
}

// What can't be done now is dim in the help too, and the empty page invites nobody to what is refused.
func TestHelpSaysWhatCantBeDone(t *testing.T) {
	start(t, example.Healthy).Press("?").See("(there is no release to go back").NotSee("read-only")
	o := options(example.Empty, 6)
	o.Open = example.ReadOnly(o.Open)
	uitest.Start(t, 120, 40, o).Version(1).See("not now: read-only").NotSee("Press D").Press("?").See("(read-only) Deploys")
}

// Links are found among hundreds by what they are.
func TestFindALink(t *testing.T) {
	s := uitest.Start(t, 100, 30, options(example.Failing, 400)).Version(1)
	s.See("link 1 ─").Press("/").Type("393").See("link 393 ─").
		Press("ctrl+u").Type("roll").See("link 397 ─", "› 1 link").
		Press("ctrl+u").Type("imagepull").Enter().See("link 1 ─", "› 2 links", "n next").
		Press("n").See("link 393 ─").Press("n").See("link 1 ─").Press("N").See("link 393 ─").
		Press("/", "ctrl+u").Type("nobody").Enter().See("› no link").Press("n").See("no link has nobody").
		Esc().NotSee("› no link", "n next").See("link 393 ─")
}

// Another chain is begun with anew.
func TestAnotherChainIsLookedAtAnew(t *testing.T) {
	o := options(example.Healthy, 6)
	failing := false
	o.Open = func(_ context.Context, kubeContext, namespace string) (*feed.Session, error) {
		kind := example.Healthy
		if failing {
			kind = example.Failing
		}
		failing = true
		s, _ := example.Session(kind, 6)
		s.Namespace = namespace
		return s, nil
	}
	s := uitest.Start(t, 100, 30, o).Version(1)
	s.Press("end", "/").Type("link").Enter().See("link 5 ─", "› 6 links").Press("v").See("own time")
	s.Press(":").Type("namespace").Enter().Type("def").Enter().See("link 1 ─").NotSee("› 6 links", "own time     ")
}

// During a rollout old and new pods are told where the screen is small, too.
func TestRolloutOnASmallScreen(t *testing.T) {
	s := uitest.Start(t, 80, 24, options(example.Deploying, 6)).Version(1).Press("end")
	s.See("◐ rolling for 3 s: 1 of 2 pods ready (1 new, 1 old)").Press("v").See("1 new, 1 old: 1 of 2")
}

// A fault that the page says is in force can be cleared.
func TestTheFaultOnScreenCanBeCleared(t *testing.T) {
	start(t, example.Slow).See("fault in force").Press("c").See("Takes the faults of the chosen link").Esc()
	start(t, example.Healthy).Press("c").See("no link has a fault")
}

// Of a long context and a long namespace both ends are on the screen, and what is between them.
func TestWhereIAmIsNotOneNameOfTwo(t *testing.T) {
	s := changed(t, 80, 24, func(s *state.Snapshot) {
		s.Context, s.Namespace = "arn:aws:eks:eu-central-1:123456789012:cluster/blue", "a-namespace-that-is-as-long-as-a-name-can-be-in-kubernetes-0123"
	}, nil)
	s.See("arn:aws…ster/blue · a-names…netes-0123   ● 6 links ready   0.0 % err")
	changed(t, 80, 24, func(s *state.Snapshot) { s.Context = "arn:aws:eks:eu-central-1:123456789012:cluster/blue" }, nil).
		See("cluster/blue · chain-link   ●")
}
