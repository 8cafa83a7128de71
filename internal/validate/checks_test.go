package validate

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/manifests"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestRollouts(t *testing.T) {
	const grace = 20 * time.Second
	for _, test := range []struct {
		name   string
		change func(*state.Snapshot)
		status Status
		done   bool
		says   []string
	}{
		{"all ready", func(*state.Snapshot) {}, Pass, true, []string{"8 of 8 ready"}},
		{"failing for a moment may be transient", func(s *state.Snapshot) { failing(s, 3, "ErrImagePull", 5*time.Second) }, Timeout, false, []string{"link 3"}},
		{"failing for longer", func(s *state.Snapshot) { failing(s, 3, "ImagePullBackOff", grace) }, Fail, true, []string{"link 3 (chain-link-service-3)", "container chain-link", "ImagePullBackOff"}},
		{"the head is named first", func(s *state.Snapshot) {
			failing(s, 4, "CrashLoopBackOff", time.Hour)
			failing(s, 1, "Unschedulable", time.Hour)
		}, Fail, true, []string{"link 1"}},
		{"rolling", func(s *state.Snapshot) { s.Links[2].Status = state.InProgress }, Timeout, false, []string{"link 2"}},
		{"a broken link is not hidden by one that rolls", func(s *state.Snapshot) {
			s.Links[0].Status = state.InProgress
			failing(s, 5, "CrashLoopBackOff", time.Minute)
		}, Fail, true, []string{"link 5"}},
		{"scaled to 0 is not ready", func(s *state.Snapshot) { s.Links[2].Status = state.ScaledToZero }, Fail, true, []string{"link 2", "scaled to 0"}},
		{"paused", func(s *state.Snapshot) { s.Links[2].Status = state.Paused }, Fail, true, []string{"link 2", "paused"}},
		{"missing for long", func(s *state.Snapshot) { s.Links[2].Status = state.Missing }, Fail, true, []string{"link 2", "missing"}},
		{"the collector counts", func(s *state.Snapshot) { s.Collect.Status = state.Failed }, Fail, true, []string{"zipkin-service"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := healthy(6)
			test.change(s)
			v, done := CheckRollouts(s, now, grace)
			expect(t, v, test.status, test.says...)
			if done != test.done {
				t.Errorf("done = %v, want %v", done, test.done)
			}
		})
	}
}

func expect(t *testing.T, v Verdict, status Status, says ...string) {
	t.Helper()
	if v.Status != status {
		t.Errorf("status %s, want %s (%s)", v.Status, status, v.Reason)
	}
	for _, want := range says {
		if !strings.Contains(v.Reason, want) {
			t.Errorf("reason %q lacks %q", v.Reason, want)
		}
	}
}

// A hint is for the reason at hand, and works when it is followed.
func TestHints(t *testing.T) {
	for _, c := range []struct{ status, reason, message, hint string }{
		{"failing", "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu.", "--cpu-request"},
		{"failing", "Unschedulable", "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", "--node-selector"},
		{"failing", "Unschedulable", "0/1 nodes are available: 1 node(s) had untolerated taint {a: b}.", "--toleration"},
		{"failing", "FailedCreate", "exceeded quota", "chaintui redeploy"},
		{"rolling", "", "a new pod is not ready", "kubectl describe pod pod-1"},
		{"paused", "", "paused", "chaintui resume 2 --force-conflicts"}, // kubectl rollout pause owns the field
		{"scaled to 0", "", "scaled to 0", "chaintui scale 2 1 --force-conflicts"},
	} {
		w := workload{&state.Workload{Status: state.Status(c.status), Reason: c.reason, Message: c.message, Pod: "pod-1"}, 2}
		if f := w.finding(); !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s %s: %s: hint %q; want %q", c.status, c.reason, c.message, f.Hint, c.hint)
		}
	}
}

func TestEndpoints(t *testing.T) {
	s := healthy(3)
	expect(t, CheckEndpoints(s), Pass, "5 Services")
	s.Links[1].Endpoints = 0
	v := CheckEndpoints(s)
	expect(t, v, Fail, "link 1", "selector")
	if !strings.Contains(v.Findings[0].Hint, "--force-conflicts") { // whoever edited it owns the field now
		t.Errorf("hint %q does not say that it has to be forced", v.Findings[0].Hint)
	}
	s.Links[0].HasService = false
	expect(t, CheckEndpoints(s), Fail, "link 0", "missing")
	s.Conn.Denied = []state.Denial{{Verb: "list", Resource: string(state.EndpointSlices)}}
	expect(t, CheckEndpoints(s), Skip, "you may not list endpointslices") // what is not seen is not called missing
	s = healthy(3)
	s.Origin, s.Load.Bare, s.Load.HasService, s.Load.Endpoints = state.Original, true, false, 0
	expect(t, CheckEndpoints(s), Pass, "4 Services")
}

func TestObjects(t *testing.T) {
	s := healthy(3)
	expect(t, CheckObjects(s, nil, "", nil), Pass, "release 3")
	expect(t, CheckObjects(s, nil, "", errors.New("forbidden")), Skip, "forbidden")
	v := CheckObjects(s, []Drift{{Link: -1, Object: "Service/x", Text: "a"}, {Link: 2, Object: "Deployment/chain-link-deployment-2", Text: "image is b, not a", Foreign: true}}, "", nil)
	expect(t, v, Fail, "link 2", "image is b")
	if !strings.Contains(v.Findings[0].Hint, "--force-conflicts") {
		t.Errorf("hint %q does not say that it has to be forced", v.Findings[0].Hint)
	}
	s.Live.Order = chain.Order{"chain-link-service-0", "chain-link-service-2", "chain-link-service-1"}
	expect(t, CheckObjects(s, nil, "", nil), Fail, "place 1", "chain-link-service-2")
	for foreign, hint := range map[bool]string{false: "chaintui deploy puts it right", true: "chaintui deploy --force-conflicts puts it right"} {
		v = CheckObjects(s, []Drift{{Link: -1, Object: "configmap/" + chain.ConfigMap, Text: "differs", Foreign: foreign}}, "", nil)
		if len(v.Findings) != 1 || v.Findings[0].Hint != hint {
			t.Errorf("foreign %v: findings %+v; want the hint %q", foreign, v.Findings, hint)
		}
	}
	s.Live.Order = s.Live.Order[:1]
	expect(t, CheckObjects(s, nil, "", nil), Fail, "place 1", "nothing")
	s.LiveErr = "services.json: want a JSON array"
	expect(t, CheckObjects(s, nil, "", nil), Fail, "JSON array")
	s.Config = nil
	expect(t, CheckObjects(s, nil, "", nil), Fail, "missing")
	s = healthy(3)
	s.Origin, s.Releases = state.Original, nil
	expect(t, CheckObjects(s, nil, "", nil), Skip, "without chaintui")
	s.Origin = state.None
	expect(t, CheckObjects(s, nil, "", nil), Fail, "no chain")
	s.NoNamespace = true
	expect(t, CheckObjects(s, nil, "", nil), Fail, "does not exist")
}

func TestRequest(t *testing.T) {
	order := chain.NewOrder(12)
	ok := probe(12)
	expect(t, CheckRequest(ok, order), Pass, "chain-link-service-11")
	short := ok
	short.Body = "You have reached the final chain link chain-link-service-1" // a prefix of the tail's name
	expect(t, CheckRequest(short, order), Fail, "link 1", "ended here")
	failed := ok
	failed.Status, failed.Body = 502, "chain-link-service-3 got no answer from chain-link-service-4: refused"
	v := CheckRequest(failed, order)
	expect(t, v, Fail, "link 3", "502")
	if !strings.HasSuffix(v.Findings[0].Hint, "what keeps it from chain-link-service-4?") {
		t.Errorf("hint %q does not name the other side", v.Findings[0].Hint)
	}
	expect(t, CheckRequest(Probe{Err: errors.New("none within 3s")}, order), Fail, "link 0", "none within 3s")
}

func TestTrace(t *testing.T) {
	const n = 4
	order, p := chain.NewOrder(n), probe(n)
	whole := spans(n, p)
	without := func(i int) []zipkin.Span { return append(append([]zipkin.Span{}, whole[:i]...), whole[i+1:]...) }
	foreign := append([]zipkin.Span{}, whole...)
	for i := range foreign {
		foreign[i].Tags = nil
	}
	stray := append(append([]zipkin.Span{}, whole...), zipkin.Span{TraceID: p.TraceID, ID: "00000000000000ee", ParentID: p.SpanID,
		Kind: zipkin.Server, Timestamp: now.UnixMicro(), Duration: 1, LocalEndpoint: &zipkin.Endpoint{ServiceName: "other"}})
	for _, test := range []struct {
		name     string
		spans    []zipkin.Span
		status   Status
		complete bool
		says     string
	}{
		{"whole", whole, Pass, true, "7 spans of 4 services"},
		{"nothing of the tail", whole[:6], Fail, false, "link 3"},
		{"a client's half is missing", without(3), Fail, false, "6 spans, and 7"},
		{"nothing at all", nil, Fail, false, "link 0"},
		{"the head's span is missing", without(0), Fail, false, "link 0"},
		{"a stranger's span", stray, Fail, false, "other"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, complete := CheckTrace(Received{List: zipkin.Of(test.spans)}, p, order)
			expect(t, v, test.status, test.says)
			if complete != test.complete {
				t.Errorf("complete = %v, want %v", complete, test.complete)
			}
		})
	}
	extra := append(append([]zipkin.Span{}, foreign...), zipkin.Span{TraceID: p.TraceID, ID: "00000000000000dd", ParentID: p.SpanID,
		Timestamp: now.UnixMicro() + 1, Duration: 1, LocalEndpoint: &zipkin.Endpoint{ServiceName: chain.ServiceName(0)}})
	v, complete := CheckTrace(Received{List: zipkin.Of(extra)}, p, order)
	expect(t, v, Pass, "another image")
	if complete {
		t.Error("a foreign chain's trace is never known to be complete")
	}
	v, _ = CheckTrace(Received{Err: zipkin.ErrNotFound}, p, order)
	expect(t, v, Fail, p.TraceID)
	for body, says := range map[string]string{ // the API server's words, cut off or whole
		`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"services \"zipkin-service:80\" is forb…`: `HTTP 503: services "zipkin-service:80" is forb…`,
		`{"kind":"Status","status":"Failure","message":"no endpoints","reason":"ServiceUnavailable","code":503}`:                 "HTTP 503: no endpoints",
		"<html>none": "HTTP 503: <html>none",
	} {
		v, _ = CheckTrace(Received{Err: &zipkin.StatusError{Status: 503, Body: body}}, p, order)
		if !strings.HasSuffix(v.Reason, says) {
			t.Errorf("%q; want it to end in %q", v.Reason, says)
		}
	}
}

func TestBlameGoesToWhereTheErrorBegan(t *testing.T) {
	const n = 4
	p := probe(n)
	p.Status, p.Body = 503, "service unavailable"
	list := spans(n, p)[:5] // the head, its call, link 1, its call, link 2
	for i := range list {
		list[i].Tags = map[string]string{"error": "503", chain.PodTag: "pod-" + list[i].LocalEndpoint.ServiceName}
	}
	r := Received{List: zipkin.Of(list)}
	v := blame(CheckRequest(p, chain.NewOrder(n)), r.Tree(p), chain.Faults{chain.ServiceName(2): {ErrorRate: 1, Status: 503}})
	expect(t, v, Fail, "link 2 (chain-link-service-2)", "503")
	if f := v.Findings[0]; f.Pod != "pod-chain-link-service-2" || !strings.Contains(f.Hint, "chaintui fault 2 --clear") {
		t.Errorf("finding %+v", f)
	}
}

func TestLoad(t *testing.T) {
	sample := func(ok, failed uint64) LoadSample {
		var l LoadSample
		l.After.Load.Rate = 5
		l.After.Recent = chain.LoadStats{OK: ok, Failed: failed, Reasons: map[string]int{"HTTP 503": int(failed)}}
		return l
	}
	expect(t, CheckLoad(healthy(3), sample(150, 0), now), Pass, "150 of 150")
	expect(t, CheckLoad(healthy(3), sample(99, 1), now), Pass)
	expect(t, CheckLoad(healthy(3), sample(98, 2), now), Fail, "2 of 100", "HTTP 503 × 2")
	expect(t, CheckLoad(healthy(3), sample(0, 150), now), Fail, "150 of 150") // the original passes this
	expect(t, CheckLoad(healthy(3), sample(0, 0), now), Skip, "no samples")
	expect(t, CheckLoad(healthy(3), LoadSample{Err: errors.New("refused")}, now), Fail, "refused")
	paused := sample(0, 0)
	paused.After.Load.Rate = 0
	expect(t, CheckLoad(healthy(3), paused, now), Skip, "paused")
	s := healthy(3)
	s.Load.Bare = true
	expect(t, CheckLoad(s, sample(0, 0), now), Skip, "bare Pod")
	s.Load = nil
	expect(t, CheckLoad(s, sample(0, 0), now), Skip, "no load generator")

	s = healthy(3) // became ready a moment ago: what failed before that does not count
	s.Links[1].Since = now.Add(-3 * time.Second)
	l := sample(10, 40)
	l.Before.Total, l.After.Total = chain.LoadStats{OK: 5, Failed: 40}, chain.LoadStats{OK: 10, Failed: 40}
	expect(t, CheckLoad(s, l, now), Pass, "5 of 5", "since the last change")
	l.After.Total.Failed = 43
	expect(t, CheckLoad(s, l, now), Fail, "3 of 8")

	s = healthy(3) // a fault was cleared a moment ago: what it made fail does not count
	s.LiveSince, l.After.Total.Failed = now.Add(-3*time.Second), 40
	expect(t, CheckLoad(s, l, now), Pass, "5 of 5", "since the last change")
	s.Live.Faults = chain.Faults{chain.ServiceName(1): {ErrorRate: 0.5}} // it was set a moment ago
	expect(t, CheckLoad(s, l, now), Fail, "40 of 50")
}

func TestAccess(t *testing.T) {
	rights := NeededRights()
	expect(t, CheckAccess(rights, "demo", "", nil), Fail, "you may not list pods in namespace demo")
	for i := range rights { // who may list but not watch is told so, and not that all is there
		rights[i].Allowed = rights[i].Verb != "watch"
	}
	expect(t, CheckAccess(rights, "demo", "", nil), Fail, "you may not watch pods in namespace demo")
	for i := range rights {
		rights[i].Allowed = rights[i].Needed
	}
	expect(t, CheckAccess(rights, "demo", "viewer", nil), Pass, "pods/log")
	for i := range rights {
		rights[i].Allowed = true
	}
	expect(t, CheckAccess(rights, "demo", "viewer", nil), Pass, "viewer", "every right")
	expect(t, CheckAccess(nil, "demo", "", context.DeadlineExceeded), Skip, "could not be asked")
}

// Who has the Role that the hint names lacks nothing that the checks ask for.
func TestThePrintedRoleHasEveryRight(t *testing.T) {
	text, err := manifests.Role(true, "demo", "")
	if err != nil {
		t.Fatal(err)
	}
	var role rbacv1.Role
	if err := yaml.Unmarshal(text, &role); err != nil {
		t.Fatal(err)
	}
	for _, r := range NeededRights() {
		resource := r.Resource
		if r.Subresource != "" {
			resource += "/" + r.Subresource
		}
		if !slices.ContainsFunc(role.Rules, func(rule rbacv1.PolicyRule) bool {
			return slices.Contains(rule.APIGroups, r.Group) && slices.Contains(rule.Resources, resource) && slices.Contains(rule.Verbs, r.Verb)
		}) {
			t.Errorf("the Role does not allow to %s", r)
		}
	}
}
