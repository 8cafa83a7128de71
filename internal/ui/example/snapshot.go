// Package example is recorded-looking data for the dashboard's tests and its demonstration program: chains in every
// state, made without a cluster, always the same.
package example

import (
	"errors"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Now is the moment that the examples are about.
var Now = time.Date(2026, 11, 21, 10, 2, 13, 412_000_000, time.UTC)

// The states that examples can be in.
const (
	Healthy    = "healthy"
	Slow       = "slow"      // link 2 has a latency fault
	Errors     = "errors"    // link 4 (or the last) answers with errors
	Deploying  = "deploying" // half of the links are there
	Failing    = "failing"   // link 1 can't pull its image
	Stale      = "stale"
	Revoked    = "revoked" // a right to look was lost while it was looked at
	Empty      = "empty"
	Connecting = "connecting"
	Forbidden  = "forbidden"
	Unusable   = "unusable"
	Login      = "login" // a credential plugin has to ask
)

// States are all of them.
func States() []string {
	return []string{Healthy, Slow, Errors, Deploying, Failing, Stale, Revoked, Empty, Connecting, Forbidden, Unusable, Login}
}

// Snapshot is a chain of n links in a state.
func Snapshot(kind string, n int) *state.Snapshot {
	s := &state.Snapshot{
		Version: 1, At: Now, Context: "kind-dev", Namespace: "chain-link",
		Conn: state.Conn{Phase: state.Live, Since: Now.Add(-5 * time.Minute)}, EventsRead: true,
	}
	switch kind {
	case Empty:
		return s
	case Connecting:
		s.Conn = state.Conn{Phase: state.Connecting, Since: Now.Add(-4 * time.Second)}
		return s
	case Forbidden:
		s.Conn = state.Conn{Phase: state.Forbidden, Since: Now, Err: `user "dev" may not list pods in namespace chain-link`}
		return s
	case Unusable:
		s.Conn = state.Conn{Phase: state.Unusable, Since: Now, Err: `the kubeconfig has no context "kind-dev"; it has: prod, staging`}
		return s
	case Login:
		err := &kube.Unauthorized{Plugin: true, Err: errors.New("getting credentials: exec plugin cannot support interactive mode: " +
			"standard input is unavailable: the dashboard has the terminal")}
		s.Conn = state.Conn{Phase: state.Unusable, Since: Now, Err: err.Error(), Cause: err}
		return s
	case Stale:
		s.Conn = state.Conn{Phase: state.Stale, Since: Now.Add(-12 * time.Second), Err: "connection refused"}
	case Revoked:
		s.Conn = state.Conn{Phase: state.Forbidden, Since: Now.Add(-12 * time.Second), Err: `user "dev" may not watch deployments in namespace chain-link`}
	}
	s.Origin = state.Ours
	s.Live.Order = chain.NewOrder(n)
	for i := range n {
		s.Links = append(s.Links, link(i))
	}
	s.Collect = workload("zipkin-deployment", "zipkin-service", -1, "chaintui/link:v1.4.0")
	s.Load = workload("loadgenerator", "loadgenerator", -1, "chaintui/link:v1.4.0")
	s.Events = events(n)
	change(s, kind, n)
	return s
}

func workload(name, service string, index int, image string) *state.Workload {
	w := &state.Workload{
		Name: name, Service: service, Status: state.Ready, Desired: 1, Replicas: 1, Updated: 1, ReadyPods: 1,
		Image: image, Exists: true, Created: Now.Add(-3 * time.Minute), Endpoints: 1, HasService: true, Since: Now.Add(-3 * time.Minute),
	}
	w.Pods = []state.Pod{pod(name, service, index, 0)}
	return w
}

var hashes = []string{"x2lvq", "7kfzd", "m9w4t", "qj5bn", "c8hrs", "z4tkp"}

func pod(name, service string, index, k int) state.Pod {
	i := max(index, 0) + k
	return state.Pod{
		Name: fmt.Sprintf("%s-6c9f7d54b8-%s", name, hashes[i%len(hashes)]), UID: fmt.Sprint(name, k), Owner: name + "-6c9f7d54b8", Current: true,
		Link: index, Service: service, Node: fmt.Sprintf("n%d", i%3), IP: fmt.Sprintf("10.1.%d.%d", i%3, 14+i),
		Phase: "Running", State: "Running", Ready: true, Created: Now.Add(-3*time.Minute - time.Duration(i)*time.Second),
		Containers: []state.Container{{Name: "chain-link", Image: "chaintui/link:v1.4.0", State: "running", Ready: true, Started: Now.Add(-3 * time.Minute)}},
		Conditions: []state.Condition{{Type: "Ready", Status: "True", Since: Now.Add(-3 * time.Minute)}},
	}
}

func link(i int) state.Link {
	return state.Link{Index: i, Workload: *workload(chain.DeploymentName(i), chain.ServiceName(i), i, "chaintui/link:v1.4.0")}
}

func change(s *state.Snapshot, kind string, n int) {
	switch kind {
	case Slow:
		s.Links[2%n].Fault = chain.Fault{Latency: chain.Duration(150 * time.Millisecond)}
	case Errors:
		s.Links[min(4, n-1)].Fault = chain.Fault{ErrorRate: 0.3, Status: 503}
	case Failing:
		fail(&s.Links[1%n])
	case Deploying:
		for i := n / 2; i < n; i++ {
			roll(&s.Links[i], i > n/2)
		}
	}
	if n >= 20 && kind != Healthy {
		fail(&s.Links[n-7])
		roll(&s.Links[n-3], true)
		s.Links[n/3].Status, s.Links[n/3].Desired, s.Links[n/3].ReadyPods = state.ScaledToZero, 0, 0
	}
}

func fail(l *state.Link) {
	l.Status, l.Reason, l.ReadyPods, l.Endpoints = state.Failing, "ImagePullBackOff", 0, 0
	l.Message = `container chain-link can't pull chaintui/link:v1.5.0: not found`
	l.Image, l.Since, l.Container = "chaintui/link:v1.5.0", Now.Add(-14*time.Second), "chain-link"
	p := &l.Pods[0]
	l.Pod, p.Ready, p.State, p.Phase = p.Name, false, "ImagePullBackOff", "Pending"
	p.Reason, p.Message = "ImagePullBackOff", `Back-off pulling image "chaintui/link:v1.5.0": not found`
	p.Containers[0].State, p.Containers[0].Reason, p.Containers[0].Ready = "waiting", "ImagePullBackOff", false
	p.Created = Now.Add(-14 * time.Second)
}

func roll(l *state.Link, started bool) {
	l.Status, l.Desired, l.Replicas, l.Updated, l.ReadyPods, l.Since = state.InProgress, 2, 2, 1, 1, Now.Add(-3*time.Second)
	l.Message = "new pod: pulling image"
	p := pod(l.Name, l.Service, l.Index, 1)
	p.Ready, p.State, p.Phase, p.Created = false, "ContainerCreating", "Pending", Now.Add(-3*time.Second)
	p.Containers[0].State, p.Containers[0].Ready = "waiting", false
	p.Reason, p.Containers[0].Reason = "ContainerCreating", "ContainerCreating"
	if started {
		l.Message = "1 of 2 pods ready"
		p.State, p.Phase, p.Reason, p.Message = "Running", "Running", "ContainersNotReady", "containers with unready status: [chain-link]"
		p.Containers[0].State, p.Containers[0].Reason = "running", ""
	}
	l.Pods = append([]state.Pod{p}, l.Pods...)
}

func events(n int) []state.Event {
	at := func(d time.Duration) time.Time { return Now.Add(-d) }
	out := []state.Event{
		{Time: at(3 * time.Second), First: at(3 * time.Second), Count: 1, Reason: "Pulling", Message: `Pulling image "chaintui/link:v1.4.0"`, Kind: "Pod", Name: chain.DeploymentName(4%n) + "-6c9f7d54b8-c8hrs", Link: 4 % n, Source: "kubelet"},
		{Time: at(9 * time.Second), First: at(2 * time.Minute), Count: 14, Warning: true, Reason: "Failed", Message: `Failed to pull image "chaintui/link:v1.5.0": not found`, Kind: "Pod", Name: chain.DeploymentName(1%n) + "-6c9f7d54b8-7kfzd", Link: 1 % n, Source: "kubelet"},
		{Time: at(31 * time.Second), First: at(31 * time.Second), Count: 2, Warning: true, Reason: "Unhealthy", Message: `Readiness probe failed: Get "http://10.1.2.16:8000/readiness": dial tcp 10.1.2.16:8000: connect: connection refused`, Kind: "Pod", Name: chain.DeploymentName(2%n) + "-6c9f7d54b8-m9w4t", Link: 2 % n, Source: "kubelet"},
	}
	for i := range min(n, 12) {
		d := 3*time.Minute - time.Duration(i)*time.Second
		out = append(out,
			state.Event{Time: at(d), First: at(d), Count: 1, Reason: "Started", Message: "Started container chain-link", Kind: "Pod", Name: chain.DeploymentName(i) + "-6c9f7d54b8-" + hashes[i%6], Link: i, Source: "kubelet"},
			state.Event{Time: at(d + time.Second), First: at(d + time.Second), Count: 1, Reason: "ScalingReplicaSet", Message: fmt.Sprintf("Scaled up replica set %s-6c9f7d54b8 from 0 to 1", chain.DeploymentName(i)), Kind: "Deployment", Name: chain.DeploymentName(i), Link: i, Source: "deployment-controller"})
	}
	return out
}
