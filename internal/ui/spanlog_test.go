package ui_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// asked notes which pods' logs are asked for. A pod that is stuck is never answered for.
type asked struct {
	feed.LogSource
	t     *testing.T
	stuck string

	mu   sync.Mutex
	pods []string
}

func (a *asked) Follow(ctx context.Context, q feed.LogQuery) (<-chan []feed.LogLine, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pods = append(a.pods, q.Pod)
	if q.Pod != a.stuck {
		return a.LogSource.Follow(ctx, q)
	}
	out := make(chan []feed.LogLine)
	context.AfterFunc(ctx, func() {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			a.t.Error("the reading was not given up: it took as long as it may")
		}
		close(out)
	})
	return out, nil
}

// spanLogs starts a dashboard whose logs are asked for through the returned source.
func spanLogs(t *testing.T, kind string, change func(*state.Snapshot)) (*uitest.Screen, *asked) {
	session, snapshots := example.Session(kind, 6)
	logs := &asked{LogSource: session.Logs, t: t}
	session.Logs = logs
	o := options(kind, 6)
	o.Open = example.Fixed(session)
	s := uitest.Start(t, 120, 40, o).Version(1)
	if change != nil {
		snap := example.Snapshot(kind, 6)
		snap.Version = 2
		change(snap)
		snapshots <- snap
		s.Version(2)
	}
	return s.Press("3", "enter"), logs
}

func TestLogLinesBesideTheSpan(t *testing.T) {
	s, logs := spanLogs(t, example.Errors, nil)
	s.See("WARN  request  method=GET").
		Press("end").See("ERROR request failed").
		Press("home", "end", "up").See("WARN  request")
	logs.mu.Lock()
	defer logs.mu.Unlock()
	want := []string{"deployment-0", "deployment-4", "deployment-3"}
	if !slices.EqualFunc(logs.pods, want, func(pod, part string) bool { return pod[len("chain-link-"):][:len(part)] == part }) {
		t.Errorf("asked for the logs of %v; want each once, of %v", logs.pods, want)
	}
}

// Where no cluster is looked at, as with a file's traces, nobody knows whether the pod is there still.
func TestAPodThatNobodyLookedFor(t *testing.T) {
	s, _ := spanLogs(t, example.Healthy, func(snap *state.Snapshot) { snap.Links, snap.Conn.Phase = nil, state.NoCluster })
	s.Press("down").See("pod chain-link-depl").NotSee("is gone")
}

func TestLogOfAPodThatIsGone(t *testing.T) {
	s, logs := spanLogs(t, example.Healthy, func(snap *state.Snapshot) { snap.Links[1].Pods = nil })
	s.Press("down").See("is gone", "log gone with its pod")
	if logs.mu.Lock(); len(logs.pods) != 1 {
		t.Errorf("asked for the logs of %v", logs.pods)
	}
	logs.mu.Unlock()
}

// Moving on, and leaving, give up what is being read.
func TestReadingALogIsGivenUp(t *testing.T) {
	down, esc := tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyEscape}
	s, logs := spanLogs(t, example.Healthy, nil)
	logs.mu.Lock()
	logs.stuck = example.Snapshot(example.Healthy, 6).Links[2].Pods[0].Name
	logs.mu.Unlock()
	s.Press("down").Send(down).Send(down).See("chain-link-deployment-3-", "INFO  request").
		Press("up").Await(soon, "log reading…").Send(esc).See("duration")
	s.Press("enter", "down").Send(down).Send(tea.KeyPressMsg{Code: '1', Text: "1"}).See("6 links ready")
}

// A pod whose container was restarted since has a log that begins later: that is said of it.
func TestLogOfAContainerThatWasRestartedSince(t *testing.T) {
	changed(t, 120, 40, func(snap *state.Snapshot) {
		c := &snap.Links[0].Pods[0].Containers[0]
		c.Started, c.Restarts = example.Now.Add(time.Minute), 1
	}, func(s *feed.Session) { s.Logs = written{ends: true} }).
		Press("3", "enter").See("log the container was restarted since then").
		Press("down").See("log nothing written within 1 s of this span")
}
