package state

import (
	"slices"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

func statuses(s *Snapshot) (list []Status) {
	for _, l := range s.Links {
		list = append(list, l.Status)
	}
	return list
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// TestOriginalChain reads a chain of the older tool: neither Deployments nor ConfigMap carry labels, and the load
// generator is a bare Pod.
func TestOriginalChain(t *testing.T) {
	load := pod(chain.LoadGenerator, "")
	load.Labels = chain.LoadSelector()
	load.Spec.Containers[0].Name, load.Status.ContainerStatuses[0].Name = "busybox", "busybox"
	objects := slices.Concat(link(0, 1, false), link(1, 2, false), []metav1.Object{configMap(`["chain-link-service-0","chain-link-service-1","chain-link-service-2"]`), load})
	s := Build(epoch.Add(time.Hour), objects...)
	want(t, "origin", s.Origin, Original)
	if got := statuses(s); !slices.Equal(got, []Status{Ready, Ready, Missing}) {
		t.Fatalf("got %v; want two ready links and one missing, by the ConfigMap's order", got)
	}
	l := s.Links[1]
	want(t, "pods", len(l.Pods), 2)
	want(t, "endpoints", l.Endpoints, 2)
	want(t, "service", l.HasService, true)
	want(t, "image", l.Image, "link:1")
	want(t, "since", l.Since, epoch.Add(time.Minute))
	want(t, "pod's link", l.Pods[0].Link, 1)
	want(t, "pod is current", l.Pods[0].Current, true)
	if s.Load == nil || !s.Load.Bare || s.Load.Status != Ready {
		t.Errorf("load generator: got %+v; want a bare pod that is ready", s.Load)
	}
	if s.Collect != nil {
		t.Errorf("collector: got %+v; want none", s.Collect)
	}
}

// TestOrderWithoutConfigMap: the Deployments there are make the order, by number and not by name.
func TestOrderWithoutConfigMap(t *testing.T) {
	s := Build(epoch, slices.Concat(link(10, 1, false), link(9, 1, false), link(0, 1, false))...)
	var names []string
	for _, l := range s.Links {
		names = append(names, l.Name)
	}
	if !slices.Equal(names, []string{chain.DeploymentName(0), chain.DeploymentName(9), chain.DeploymentName(10)}) {
		t.Errorf("got %v", names)
	}
}

// TestRefusedPods: why pods can't be created is told in the words of the newest ReplicaSet. The Deployment controller keeps
// those of an older one.
func TestRefusedPods(t *testing.T) {
	objects := link(0, 1, true)
	d, rs := objects[0].(*appsv1.Deployment), objects[3].(*appsv1.ReplicaSet)
	d.Status.UpdatedReplicas = 0
	d.Status.Conditions = append(d.Status.Conditions, appsv1.DeploymentCondition{Type: "ReplicaFailure", Status: "True", Reason: "FailedCreate", Message: "exceeded quota"})
	for refused, says := range map[string]string{"": "exceeded quota (0 of 1 pods updated)", "violates PodSecurity": "violates PodSecurity (0 of 1 pods updated)"} {
		rs.Status.Conditions = nil
		if refused != "" {
			rs.Status.Conditions = []appsv1.ReplicaSetCondition{{Type: appsv1.ReplicaSetReplicaFailure, Status: "True", Reason: "FailedCreate", Message: refused}}
		}
		l := Build(epoch, objects...).Links[0]
		want(t, "reason", l.Reason, "FailedCreate")
		want(t, "message", l.Message, says)
	}
}

// TestReleaseDecides: the newest release that can be read says which links there should be, against the ConfigMap and
// the Deployments; what it does not name is extra, and what it names and is not there is missing.
func TestReleaseDecides(t *testing.T) {
	broken := releaseMap(10, 1)
	broken.Data[chain.ReleaseKey] = "{"
	objects := slices.Concat(link(0, 1, true), link(1, 1, true), link(4, 1, true), link(3, 1, true),
		[]metav1.Object{releaseMap(2, 1), releaseMap(9, 3), broken, configMap(`["chain-link-service-0"]`)})
	s := Build(epoch, objects...)
	want(t, "origin", s.Origin, Ours)
	want(t, "newest", s.Release().Number, 9)
	want(t, "author is made safe", s.Release().Author, "dev")
	want(t, "outcome is made safe", s.Release().Outcome, chain.Healthy)
	want(t, "unread", len(s.Unread), 1)
	if got := statuses(s); !slices.Equal(got, []Status{Ready, Ready, Missing}) {
		t.Errorf("links: got %v", got)
	}
	if len(s.Extra) != 2 || s.Extra[0].Name != chain.DeploymentName(3) || s.Extra[1].Name != chain.DeploymentName(4) {
		t.Errorf("extra: got %+v", s.Extra)
	}
	if s.Collect == nil || s.Collect.Status != Missing || s.Load == nil || s.Load.Status != Missing {
		t.Errorf("collector %+v, load %+v; want both missing, as the release wants them", s.Collect, s.Load)
	}
}

func TestNothing(t *testing.T) {
	s := Build(epoch)
	want(t, "origin", s.Origin, None)
	want(t, "links", len(s.Links), 0)
	if s.Collect != nil || s.Load != nil || s.Release() != nil {
		t.Errorf("got %+v; want nothing", s)
	}
}

// TestIncremental: after any change the Snapshot is what a new Builder makes of the same objects.
func TestIncremental(t *testing.T) {
	b := NewBuilder("", "")
	live := Conn{Phase: Live, Since: epoch}
	all := map[string]metav1.Object{}
	check := func(step string) *Snapshot {
		t.Helper()
		got := b.Snapshot(epoch, live, false)
		fresh := Build(epoch, slices.Collect(func(yield func(metav1.Object) bool) {
			for _, o := range all {
				if !yield(o) {
					return
				}
			}
		})...)
		if !slices.EqualFunc(got.Links, fresh.Links, func(x, y Link) bool {
			return x.Name == y.Name && x.Status == y.Status && x.Endpoints == y.Endpoints && x.HasService == y.HasService &&
				slices.EqualFunc(x.Pods, y.Pods, func(p, q Pod) bool { return p.Name == q.Name && p.Current == q.Current && p.Link == q.Link })
		}) || len(got.Extra) != len(fresh.Extra) {
			t.Errorf("%s:\n got %+v\nwant %+v", step, got.Links, fresh.Links)
		}
		return got
	}
	for _, o := range slices.Concat(link(0, 2, false), link(1, 1, false), link(2, 1, false)) {
		b.Set(o.GetName(), Keep(o))
		all[o.GetName()] = o
	}
	before := check("at first")
	order := configMap(`["chain-link-service-2","chain-link-service-0"]`)
	b.Set(order.Name, Keep(order))
	all[order.Name] = order
	turned := check("order turned round")
	want(t, "moved pods know their link", turned.Links[0].Pods[0].Link, 0)
	want(t, "the Snapshot before is untouched", before.Links[2].Pods[0].Link, 2)
	b.Drop(Deployments, chain.DeploymentName(0))
	delete(all, chain.DeploymentName(0))
	want(t, "missing", check("Deployment gone").Links[1].Status, Missing)
	b.Replace(Pods, nil)
	for name, o := range all {
		if _, ok := o.(*corev1.Pod); ok {
			delete(all, name)
		}
	}
	check("pods gone")
}

// TestFailingSince: the time a link fails for does not start again each time its pod comes up for a moment, but does
// when it was ready in between, and with a new template. It counts from when a container first ended.
func TestFailingSince(t *testing.T) {
	b := NewBuilder("", "")
	crashing := corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}}
	running := corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}
	ended := corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 2, Reason: "Error"}}
	look := func(second int, container corev1.ContainerState, available int32, generation int64) Workload {
		for _, o := range link(0, 1, false) {
			switch o := o.(type) {
			case *appsv1.Deployment:
				o.Status.AvailableReplicas, o.Status.ObservedGeneration, o.Generation = available, generation, generation
			case *corev1.Pod:
				o.Status.ContainerStatuses[0].State, o.Status.Conditions = container, nil
			}
			b.Set(o.GetName(), Keep(o))
		}
		s := b.Snapshot(epoch.Add(time.Duration(second)*time.Second), Conn{Phase: Live}, false)
		return s.Links[0].Workload
	}
	for _, c := range []struct {
		second     int
		container  corev1.ContainerState
		available  int32
		generation int64
		status     Status
		since      int
	}{
		{0, running, 0, 1, InProgress, 0},
		{10, crashing, 0, 1, Failing, 10},
		{15, running, 0, 1, InProgress, 15},
		{16, crashing, 0, 1, Failing, 10},
		{20, running, 1, 1, Ready, 20},
		{30, crashing, 0, 1, Failing, 30},
		{40, crashing, 0, 2, Failing, 40},
		{50, running, 0, 3, InProgress, 50},
		{51, ended, 0, 3, InProgress, 50},
		{52, running, 0, 3, InProgress, 50},
		{53, crashing, 0, 3, Failing, 51},
	} {
		w := look(c.second, c.container, c.available, c.generation)
		if since := int(w.Since.Sub(epoch).Seconds()); w.Status != c.status || since != c.since {
			t.Errorf("at %d s: got %s since %d s, want %s since %d s", c.second, w.Status, since, c.status, c.since)
		}
	}
}

// TestFailedSince: a new template that still has the condition of the one that was given up has not failed since then.
func TestFailedSince(t *testing.T) {
	b := NewBuilder("", "")
	for _, c := range []struct {
		second     int
		generation int64
		since      int
	}{{10, 1, 5}, {60, 1, 5}, {100, 2, 100}, {101, 2, 100}} {
		for _, o := range link(0, 1, false) {
			if d, ok := o.(*appsv1.Deployment); ok {
				d.Status.ObservedGeneration, d.Generation = c.generation, c.generation
				d.Status.Conditions = []appsv1.DeploymentCondition{{
					Type: appsv1.DeploymentProgressing, Status: "False", Reason: "ProgressDeadlineExceeded",
					LastTransitionTime: metav1.NewTime(epoch.Add(5 * time.Second)),
				}}
			}
			b.Set(o.GetName(), Keep(o))
		}
		w := b.Snapshot(epoch.Add(time.Duration(c.second)*time.Second), Conn{Phase: Live}, false).Links[0].Workload
		if since := int(w.Since.Sub(epoch).Seconds()); w.Status != Failed || since != c.since {
			t.Errorf("at %d s: got %s since %d s, want since %d s", c.second, w.Status, since, c.since)
		}
	}
}

// TestDenied: what the user may not read is unknown, not missing.
func TestDenied(t *testing.T) {
	b := NewBuilder("", "")
	for _, o := range append(link(0, 2, false), configMap(`["chain-link-service-0"]`)) {
		if kept := Keep(o); kept != nil {
			b.Set(o.GetName(), kept)
		}
	}
	b.Replace(ReplicaSets, nil)
	s := b.Snapshot(epoch, Conn{Phase: Live, Denied: []Denial{{"list", string(ReplicaSets), "x"}}}, false)
	want(t, "without ReplicaSets", s.Links[0].Status, Ready)
	want(t, "current pods without ReplicaSets", s.Links[0].Pods[1].Current, true)
	b.Replace(Deployments, nil)
	s = b.Snapshot(epoch, Conn{Phase: Forbidden, Denied: []Denial{{"list", string(Deployments), "x"}}}, false)
	want(t, "without Deployments", s.Links[0].Status, Unknown)
	want(t, "while connecting", len(b.Snapshot(epoch, Conn{Phase: Connecting}, false).Links), 0)
}

// TestDualStack: slices of two address families count the same pods once; several slices of one family add up.
func TestDualStack(t *testing.T) {
	b := NewBuilder("", "")
	for name, e := range map[string]Endpoints{
		"a": {Service: "chain-link-service-0", Family: "IPv4", Ready: 100},
		"b": {Service: "chain-link-service-0", Family: "IPv4", Ready: 3},
		"c": {Service: "chain-link-service-0", Family: "IPv6", Ready: 100},
	} {
		b.Set(name, e)
	}
	want(t, "addresses", b.readyEndpoints("chain-link-service-0"), 103)
}

func TestEvents(t *testing.T) {
	b := NewBuilder("", "")
	for i, c := range []struct {
		about string
		link  int // -2: none of the chain's
	}{
		{"chain-link-deployment-1-7d4b9c-x2x4z", 1}, {"chain-link-deployment-1", 1}, {"chain-link-service-0", 0},
		{"chain-link-service-1-abcde", 1}, {"zipkin-deployment-abc-def", -1}, {"loadgenerator", -1}, {"chain-link-services", -1},
		{"chain-link-release-3", -1}, {"other-1", -2}, {"chain-link-deployment-01", -2}, {"loadgeneratorx", -2},
	} {
		e := &corev1.Event{
			ObjectMeta:     metav1.ObjectMeta{Name: "e"},
			InvolvedObject: corev1.ObjectReference{Kind: "Pod", Name: c.about},
			Type:           "Warning", Message: "bad \x1b]0;title\x07name", LastTimestamp: metav1.NewTime(epoch.Add(time.Duration(i) * time.Second)),
		}
		b.Replace(Events, nil)
		kept := Keep(e)
		if kept == nil {
			want(t, c.about, -2, c.link)
			continue
		}
		b.Set("e", kept)
		b.Set(chain.ConfigMap, Keep(configMap(`["chain-link-service-0","chain-link-service-1"]`)))
		s := b.Snapshot(epoch, Conn{Phase: Live}, false)
		want(t, c.about, s.Events[0].Link, c.link)
		want(t, "message", s.Events[0].Message, "bad name")
		want(t, "count", s.Events[0].Count, 1)
	}
}

func TestEventsAreBounded(t *testing.T) {
	b := NewBuilder("", "")
	for i := range 10 * MaxEvents {
		b.Set(chain.DeploymentName(i), Event{Name: chain.DeploymentName(i), Time: epoch.Add(time.Duration(i) * time.Second)})
	}
	s := b.Snapshot(epoch, Conn{Phase: Live}, false)
	want(t, "shown", len(s.Events), MaxEvents)
	want(t, "the newest comes first", s.Events[0].Name, chain.DeploymentName(10*MaxEvents-1))
	if len(b.events) > 4*MaxEvents {
		t.Errorf("%d events are kept", len(b.events))
	}
}

func TestWhenLiveSettingsWereChanged(t *testing.T) {
	b := NewBuilder("", "")
	m := configMap(`["chain-link-service-0"]`)
	b.Set(chain.ConfigMap, Keep(m))
	want(t, "nobody wrote it down", b.Snapshot(epoch, Conn{Phase: Live}, false).LiveSince, time.Time{})
	at := func(seconds int) *metav1.Time {
		t := metav1.NewTime(epoch.Add(time.Duration(seconds) * time.Second))
		return &t
	}
	m.ManagedFields = []metav1.ManagedFieldsEntry{{Manager: "chaintui", Time: at(5)}, {Manager: "kubectl-edit", Time: at(9)}, {Manager: "odd"}}
	b.Set(chain.ConfigMap, Keep(m))
	want(t, "by the last of its managers", b.Snapshot(epoch, Conn{Phase: Live}, false).LiveSince, epoch.Add(9*time.Second))
	b.Drop(ConfigMaps, chain.ConfigMap)
	want(t, "gone", b.Snapshot(epoch, Conn{Phase: Live}, false).LiveSince, time.Time{})
}
