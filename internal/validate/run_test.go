package validate

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// screen is a Watcher of Snapshots that a test sets.
type screen struct {
	mu      sync.Mutex
	s       *state.Snapshot
	changed chan struct{}
}

func newScreen(s *state.Snapshot) *screen { return &screen{s: s, changed: make(chan struct{})} }

func (w *screen) set(change func(*state.Snapshot)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	next := *w.s
	next.Links = append([]state.Link{}, w.s.Links...)
	change(&next)
	next.Version++
	w.s = &next
	close(w.changed)
	w.changed = make(chan struct{})
}

func (w *screen) Latest() *state.Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.s
}

func (w *screen) Wait(ctx context.Context, check func(*state.Snapshot) (bool, error)) error {
	for {
		w.mu.Lock()
		s, changed := w.s, w.changed
		w.mu.Unlock()
		if done, err := check(s); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-changed:
		}
	}
}

// sourcesOf are the sources of a chain of n links that works as its Snapshot says.
func sourcesOf(w *screen, n int) Sources {
	var mu sync.Mutex
	sent := map[string]Probe{}
	return Sources{
		Watch: w,
		Rights: func(context.Context) ([]Right, string, error) {
			rights := NeededRights()
			for i := range rights {
				rights[i].Allowed = true
			}
			return rights, "viewer", nil
		},
		Drift: func(context.Context) ([]Drift, string, error) { return nil, "", nil },
		Send: func(_ context.Context, p Probe, _ string) Probe {
			answer := probe(n)
			answer.TraceID, answer.SpanID = p.TraceID, p.SpanID
			mu.Lock()
			defer mu.Unlock()
			sent[p.TraceID] = answer
			return answer
		},
		Trace: func(_ context.Context, id string) (zipkin.List, error) {
			mu.Lock()
			defer mu.Unlock()
			return zipkin.Of(spans(n, sent[id])), nil
		},
		Load: func(context.Context) (chain.LoadState, error) {
			return chain.LoadState{Load: chain.Load{Rate: 5}, Recent: chain.LoadStats{OK: 150}}, nil
		},
		Previous: func(context.Context, string, string, int) ([]string, error) {
			return []string{"panic: \x1b[31mno\x1b[0m"}, nil
		},
	}
}

func validated(t *testing.T, src Sources, o Options) *Result {
	t.Helper()
	r, err := Run(t.Context(), src, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRunOfAHealthyChain(t *testing.T) {
	r := validated(t, sourcesOf(newScreen(healthy(6)), 6), Options{})
	if r.Outcome != Healthy || len(r.Verdicts) != len(Names) || r.Links != 6 || r.Release != 3 {
		t.Fatalf("%s: %s\n%+v", r.Outcome, r.Headline, r.Verdicts)
	}
	for i, v := range r.Verdicts {
		if v.Check != Names[i] || v.Status != Pass {
			t.Errorf("%s: %s: %s", v.Check, v.Status, v.Reason)
		}
	}
	if r.Took > time.Second {
		t.Errorf("took %v where every answer is there at once", r.Took)
	}
}

func TestRunNamesTheCauseFirst(t *testing.T) {
	t.Parallel()
	s := healthy(6)
	failing(s, 3, "CrashLoopBackOff", time.Hour)
	s.Links[3].Pods = []state.Pod{{Name: s.Links[3].Pod, Restarts: 4}}
	s.Events = []state.Event{{Warning: true, Link: 3, Kind: "Pod", Name: s.Links[3].Pod, Reason: "BackOff", Message: "again", Count: 7},
		{Warning: true, Link: 0, Kind: "Pod", Name: chain.DeploymentName(0) + "-gone", Reason: "BackOff", Message: "long ago"}}
	src := sourcesOf(newScreen(s), 6)
	src.Drift = func(context.Context) ([]Drift, string, error) {
		return []Drift{{Link: 0, Object: "Service/x", Text: "differs"}}, "", nil
	}
	src.Send = func(_ context.Context, p Probe, _ string) Probe {
		p.Status, p.Body, p.Started = 502, "chain-link-service-2 got no answer from chain-link-service-3", now
		return p
	}
	src.Trace = func(context.Context, string) (zipkin.List, error) { return zipkin.List{}, zipkin.ErrNotFound }
	r := validated(t, src, Options{Grace: time.Second})
	if r.Outcome != Unhealthy {
		t.Fatalf("outcome %s", r.Outcome)
	}
	for _, want := range []string{"link 3 (chain-link-service-3)", "container chain-link", "CrashLoopBackOff"} {
		if !strings.Contains(r.Headline, want) {
			t.Errorf("headline %q lacks %q", r.Headline, want)
		}
	}
	f := r.Verdict(Rollouts).Findings[0]
	if len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0], "(× 7)") || len(f.Logs) != 1 || strings.Contains(f.Logs[0], "\x1b") {
		t.Errorf("evidence: %q, %q", f.Warnings, f.Logs)
	}
	if f := r.Verdict(Objects).Findings[0]; f.Link != 0 || len(f.Warnings) > 0 {
		t.Errorf("drift of link %d has events of a pod that is gone: %q", f.Link, f.Warnings)
	}
}

func TestRunWaitsForWhatIsOnItsWay(t *testing.T) {
	s := healthy(3)
	s.Links[1].Status = state.InProgress
	w := newScreen(s)
	src := sourcesOf(w, 3)
	told := make(chan struct{}, 1)
	go func() {
		<-told
		w.set(func(s *state.Snapshot) { s.Links[1].Status = state.Ready })
	}()
	r := validated(t, src, Options{Update: func(text string) {
		if strings.Contains(text, "waiting for link 1") {
			select {
			case told <- struct{}{}:
			default:
			}
		}
	}})
	if r.Outcome != Healthy {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

// A pod that is on its way out took the request, and its spans with it: that proves nothing of those that stay.
func TestRunAsksAgainOnceOldPodsHaveGone(t *testing.T) {
	t.Parallel()
	s := healthy(3)
	s.Links[1].Pods = []state.Pod{{Name: "old", Deleting: true}}
	w := newScreen(s)
	src := sourcesOf(w, 3)
	whole := src.Trace
	src.Trace = func(ctx context.Context, id string) (zipkin.List, error) {
		list, err := whole(ctx, id)
		if leaving(w.Latest()) {
			list.Spans = list.Spans[:2]
		}
		return list, err
	}
	r := validated(t, src, Options{Update: func(text string) {
		if strings.Contains(text, "old pods") {
			w.set(func(s *state.Snapshot) { s.Links[1].Pods = nil })
		}
	}})
	if r.Outcome != Healthy {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

// A collector that was just scaled to 0 holds no trace, whatever becomes of its old pod: nothing is asked or waited for.
func TestRunDoesNotWaitForACollectorThatIsScaledToZero(t *testing.T) {
	s := healthy(3)
	s.Collect.Status, s.Collect.Message, s.Collect.Endpoints = state.ScaledToZero, "scaled to 0: no pod serves it", 0
	s.Collect.Pods = []state.Pod{{Name: "old", Deleting: true}}
	src := sourcesOf(newScreen(s), 3)
	src.Trace = func(context.Context, string) (zipkin.List, error) {
		t.Error("it was asked for the trace")
		return zipkin.List{}, errors.New("no endpoints available")
	}
	r := validated(t, src, Options{Update: func(text string) {
		if strings.Contains(text, "waiting") {
			t.Error(text)
		}
	}})
	if v := r.Verdict(Trace); r.Outcome != Unhealthy || v.Status != Fail || !strings.Contains(v.Reason, "scaled to 0") ||
		!strings.Contains(r.Headline, chain.CollectorService+": ") || !strings.Contains(r.Headline, "scaled to 0") {
		t.Errorf("%s: %s; %s: %s", r.Outcome, r.Headline, v.Status, v.Reason)
	}
	elsewhere := sourcesOf(newScreen(s), 3) // that is asked all the same
	elsewhere.Collector = func() string { return "http://zipkin.example" }
	if v := validated(t, elsewhere, Options{}).Verdict(Trace); v.Status != Pass {
		t.Errorf("another collector: %s: %s", v.Status, v.Reason)
	}
}

// Who may not see endpoints is told so, and nothing is made of their absence: the request is sent.
func TestRunWithoutSeeingEndpoints(t *testing.T) {
	s := healthy(3)
	for i := range s.Links {
		s.Links[i].Endpoints = 0
	}
	s.Conn.Denied = []state.Denial{{Verb: "list", Resource: string(state.EndpointSlices)}}
	r := validated(t, sourcesOf(newScreen(s), 3), Options{})
	if e, q := r.Verdict(Endpoints), r.Verdict(Request); e.Status != Skip || q.Status != Pass {
		t.Errorf("endpoints: %s: %s; request: %s: %s", e.Status, e.Reason, q.Status, q.Reason)
	}
}

func TestRunTimesOut(t *testing.T) {
	s := healthy(3)
	s.Links[1].Status, s.Links[1].Message = state.InProgress, "0 of 1 pods ready"
	r := validated(t, sourcesOf(newScreen(s), 3), Options{Timeout: 50 * time.Millisecond})
	if r.Outcome != TimedOut || !strings.Contains(r.Headline, "link 1") {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

func TestRunWithoutAccess(t *testing.T) {
	for name, test := range map[string]struct {
		conn  state.Conn
		wants string
	}{
		"unusable":  {state.Conn{Phase: state.Unusable, Cause: &kube.NoContext{Context: "x"}}, `"x"`},
		"forbidden": {state.Conn{Phase: state.Forbidden, Err: "you may not list pods", Cause: errors.New("you may not list pods in namespace demo")}, "list pods"},
	} {
		t.Run(name, func(t *testing.T) {
			s := healthy(3)
			s.Conn = test.conn
			r := validated(t, sourcesOf(newScreen(s), 3), Options{})
			if r.Outcome != NoAccess || !strings.Contains(r.Headline, test.wants) {
				t.Errorf("%s: %s", r.Outcome, r.Headline)
			}
		})
	}
}

func TestRunLosesTheClusterWhileItWaits(t *testing.T) {
	s := healthy(3)
	s.Links[1].Status, s.Conn = state.InProgress, state.Conn{Phase: state.Stale, Err: "gone"}
	r := validated(t, sourcesOf(newScreen(s), 3), Options{Timeout: 50 * time.Millisecond})
	if r.Outcome != NoAccess || r.Headline != "gone" {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

func TestRunWithoutAChain(t *testing.T) {
	s := &state.Snapshot{Namespace: "demo", Conn: state.Conn{Phase: state.Live}}
	r := validated(t, sourcesOf(newScreen(s), 3), Options{})
	if r.Outcome != Unhealthy || !strings.Contains(r.Headline, "no chain") {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

func TestRunIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := healthy(3)
	s.Links[1].Status = state.InProgress
	_, err := Run(ctx, sourcesOf(newScreen(s), 3), Options{Update: func(string) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Whoever deletes the chain while it is validated breaks it: there is nothing to send a request to.
func TestRunOfAChainThatIsDeleted(t *testing.T) {
	w := newScreen(healthy(2))
	src := sourcesOf(w, 2)
	w.set(func(s *state.Snapshot) { s.Links[1].Status = state.InProgress })
	load := src.Load
	src.Load = func(ctx context.Context) (chain.LoadState, error) { // the first thing that is asked
		w.set(func(s *state.Snapshot) { s.Links, s.Releases = nil, nil })
		return load(ctx)
	}
	r := validated(t, src, Options{})
	if r.Outcome != Unhealthy || !strings.Contains(r.Verdict(Request).Reason, "deleted while it was validated") {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}

// An API server that is away when something is asked is waited for, whatever that was, and says nothing of the chain.
func TestRunLosesTheCluster(t *testing.T) {
	gone := &kube.Unreachable{Err: errors.New("connection refused")}
	for name, lose := range map[string]func(src *Sources, lost func(context.Context) error){
		"the rights": func(src *Sources, lost func(context.Context) error) {
			rights := src.Rights
			src.Rights = func(ctx context.Context) ([]Right, string, error) {
				if err := lost(ctx); err != nil {
					return nil, "", err
				}
				return rights(ctx)
			}
		},
		"drift": func(src *Sources, lost func(context.Context) error) {
			src.Drift = func(ctx context.Context) ([]Drift, string, error) { return nil, "", lost(ctx) }
		},
		"the request": func(src *Sources, lost func(context.Context) error) {
			send := src.Send
			src.Send = func(ctx context.Context, p Probe, service string) Probe {
				if p.Err = lost(ctx); p.Err != nil {
					return p
				}
				return send(ctx, p, service)
			}
		},
		"the collector": func(src *Sources, lost func(context.Context) error) {
			trace := src.Trace
			src.Trace = func(ctx context.Context, id string) (zipkin.List, error) {
				if err := lost(ctx); err != nil {
					return zipkin.List{}, err
				}
				return trace(ctx, id)
			}
		},
		"the load generator": func(src *Sources, lost func(context.Context) error) {
			load := src.Load
			src.Load = func(ctx context.Context) (chain.LoadState, error) {
				if err := lost(ctx); err != nil {
					return chain.LoadState{}, err
				}
				return load(ctx)
			}
		},
	} {
		for _, test := range []struct {
			how    string
			back   bool
			silent bool // as when it is frozen: no answer, instead of a refused connection
			want   Outcome
		}{{"for a moment", true, false, Healthy}, {"for good", false, false, NoAccess}, {"silent", false, true, NoAccess}} {
			t.Run(name+" "+test.how, func(t *testing.T) {
				t.Parallel()
				w := newScreen(healthy(2))
				src := sourcesOf(w, 2)
				var once sync.Once
				lose(&src, func(ctx context.Context) error {
					first := false
					once.Do(func() {
						first = true
						w.set(func(s *state.Snapshot) { s.Conn = state.Conn{Phase: state.Stale, Cause: gone} })
					})
					switch {
					case !first && w.Latest().Conn.Phase == state.Live:
						return nil
					case test.silent:
						<-ctx.Done()
						return ctx.Err()
					}
					return gone
				})
				o := Options{Timeout: time.Second}
				if test.back {
					o.Timeout, o.Update = time.Minute, func(text string) {
						if strings.Contains(text, "out of reach") {
							w.set(func(s *state.Snapshot) { s.Conn = state.Conn{Phase: state.Live} })
						}
					}
				}
				r := validated(t, src, o)
				if r.Outcome != test.want || test.back && len(r.Verdicts) != len(Names) {
					t.Errorf("%s: %s", r.Outcome, r.Headline)
				}
				for _, v := range r.Verdicts {
					if v.Status == Fail || test.back && v.Status != Pass {
						t.Errorf("%s: %s: %s", v.Check, v.Status, v.Reason)
					}
				}
			})
		}
	}
}

// Silence while the API server is there is that of what was asked, and not of the way to it.
func TestRunTellsSilenceFromALostCluster(t *testing.T) {
	src := sourcesOf(newScreen(healthy(2)), 2)
	silent := func(ctx context.Context) error {
		<-ctx.Done()
		return kube.Classify(ctx.Err())
	}
	src.Rights = func(ctx context.Context) ([]Right, string, error) { return nil, "", silent(ctx) }
	src.Drift = func(ctx context.Context) ([]Drift, string, error) { return nil, "", silent(ctx) }
	src.Trace = func(ctx context.Context, _ string) (zipkin.List, error) { return zipkin.List{}, silent(ctx) }
	r := validated(t, src, Options{Timeout: 300 * time.Millisecond})
	if v := r.Verdict(Trace); r.Outcome != TimedOut || !strings.Contains(v.Reason, "the collector can't be asked") {
		t.Errorf("%s: %s; %s", r.Outcome, r.Headline, v.Reason)
	}
}

// What there was no time for is not proven.
func TestRunIsNotHealthyWithoutEveryCheck(t *testing.T) {
	s := healthy(2)
	s.Load = nil
	src := sourcesOf(newScreen(s), 2)
	src.Drift = func(ctx context.Context) ([]Drift, string, error) {
		<-ctx.Done()
		return nil, "", kube.Classify(ctx.Err())
	}
	r := validated(t, src, Options{Timeout: 300 * time.Millisecond})
	if r.Outcome != TimedOut || !strings.Contains(r.Headline, "drift was not looked for") {
		t.Errorf("%s: %s", r.Outcome, r.Headline)
	}
}
