// Package state is what is known of a chain at one moment: the Snapshot that the dashboard, status, deploy and validate
// all read, the pure rules that make it from the API server's objects, and nothing that talks to a network.
package state

import (
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// Snapshot is an immutable view of a chain. Whoever holds one may keep it, and must not change it.
type Snapshot struct {
	Version   uint64    // grows with each change; equal versions are equal snapshots
	At        time.Time // when it was built
	Context   string    // of the kubeconfig; empty in a cluster
	Namespace string
	Conn      Conn
	// NoNamespace is true when the namespace does not exist. It is false when that can't be known.
	NoNamespace bool

	Origin   Origin          // whose chain this is
	Releases []chain.Release // newest first; empty for a chain of the original's tool
	Unread   []string        // why a release's ConfigMap could not be read; such a release is not among Releases
	Live     chain.Live      // order and live settings, read from the ConfigMap
	LiveErr  string          // why the ConfigMap could not be read; Live is then the zero value
	// LiveSince is when the ConfigMap was changed last, to the second; zero when that is not known.
	LiveSince time.Time
	Config    map[string]string // the ConfigMap's data as it stands, not made safe to print; nil without one
	Links     []Link            // in the chain's order
	Extra     []Workload        // links' Deployments that the Spec does not name: waiting to be pruned
	Collect   *Workload         // nil when the chain has no collector of its own
	Load      *Workload         // nil without a load generator; a bare Pod of the original is one too
	Events    []Event           // newest first, at most MaxEvents
	// EventsRead is true once Events have been read, or can't be: they come after everything else.
	EventsRead bool
}

// MaxEvents is how many events a Snapshot keeps.
const MaxEvents = 500

// Origin tells who deployed the chain.
type Origin string

// The origins of a chain.
const (
	None     Origin = ""         // nothing is deployed
	Ours     Origin = "chaintui" // it has releases
	Original Origin = "original" // objects of the original's tool, not adopted
)

// Phase is where the connection to the API server stands.
type Phase string

// The phases of a connection.
const (
	Connecting Phase = "connecting" // nothing was read yet
	Live       Phase = "live"
	Stale      Phase = "stale"     // it was live, and what is shown may be old
	Forbidden  Phase = "forbidden" // the user lacks a right; Err names verb, resource and namespace
	Unusable   Phase = "unusable"  // unknown context, expired credentials, or the like; Err says what to do
	NoCluster  Phase = "none"      // there is nothing to connect to: what is shown was read from a file, which Err names
)

// Conn is the state of the connection.
type Conn struct {
	Phase Phase
	Since time.Time // of this phase
	Err   string    // why, when it is not live; safe to print. Connecting with an Err: it was not reached yet
	// Denied are the resources that the user may not list or watch. What they would tell is absent from the Snapshot;
	// the rest of it is as live as Phase says. Phase is Forbidden when links can't be judged without one of them.
	Denied []Denial
	Cause  error // the error behind Err, as kube.Classify types it; nil when it is live
}

// Denial is why objects of the kind can't be seen; false when they can.
func (c *Conn) Denial(k Kind) (Denial, bool) {
	for _, d := range c.Denied {
		if d.Resource == string(k) {
			return d, true
		}
	}
	return Denial{}, false
}

// Denial is a right that reading the chain needs and the user lacks.
type Denial struct{ Verb, Resource, Namespace string }

func (d Denial) String() string {
	return "you may not " + d.Verb + " " + d.Resource + " in namespace " + d.Namespace
}

// Status is what a workload's rollout comes to, by the rules of Rollout.
type Status string

// The statuses, from best to worst to watch.
const (
	Ready        Status = "ready"
	ScaledToZero Status = "scaled to 0"
	Paused       Status = "paused"
	InProgress   Status = "rolling"
	Unknown      Status = "unknown"     // the user may not read Deployments
	Missing      Status = "missing"     // the Spec names it, and it is not there
	Terminating  Status = "terminating" // it is being deleted
	Failing      Status = "failing"     // its pods say that it can't become ready as it is
	Failed       Status = "failed"      // the Deployment gave up (ProgressDeadlineExceeded)
)

// Workload is a Deployment and its pods (or the original's bare load generator Pod).
type Workload struct {
	Name       string // the Deployment's
	Service    string // the Service in front of it
	Status     Status
	Reason     string    // in Kubernetes's words, such as ImagePullBackOff; empty when there is nothing to say
	Message    string    // one line for people: what it waits for, with numbers, container and the kubelet's message
	Since      time.Time // of Status. Failing: since it last was ready or its template last changed, however often its pods came up in between
	Container  string    // the container at fault, when it is Failing
	Pod        string    // the pod at fault
	Desired    int32
	Replicas   int32 // pods of all ReplicaSets
	Updated    int32
	ReadyPods  int32
	Image      string // of the template's first container
	Spans      string // where the template says that spans go; empty when it does not
	Generation int64
	Bare       bool // a Pod without a Deployment
	Exists     bool
	Created    time.Time
	Restarts   int32 // of all its pods' containers
	Endpoints  int   // ready addresses behind the Service
	HasService bool  // the Service exists
	Conditions []Condition
	Pods       []Pod // newest ReplicaSet first, then by name
}

// Link is a link of the chain with its workload.
type Link struct {
	Index int
	Workload
	Fault chain.Fault // in force by the ConfigMap
}

// Condition is a Deployment's or Pod's condition.
type Condition struct {
	Type, Status, Reason, Message string
	Since                         time.Time
}

// Pod is one pod of a workload.
type Pod struct {
	Name, UID  string
	Owner      string // the ReplicaSet
	Current    bool   // of the newest ReplicaSet
	Link       int    // the link's index; -1 for the collector and the load generator
	Service    string
	Node, IP   string
	Phase      string // status.phase
	State      string // what kubectl's STATUS column says, such as Running, ImagePullBackOff, Terminating
	Reason     string // why it is not ready, in Kubernetes's words
	Message    string // the kubelet's or scheduler's message for Reason
	Ready      bool
	Restarts   int32
	LastExit   string // "OOMKilled (137) 3m ago" is Reason and Code of the last termination; empty when it never was
	LastExitAt time.Time
	Created    time.Time
	Deleting   bool
	Config     string // the sync annotation's value
	Containers []Container
	Conditions []Condition
}

// Container is one container of a pod.
type Container struct {
	Name, Image     string
	Init            bool   // an init container
	State           string // waiting, running or terminated; empty before the kubelet said so
	Reason, Message string
	ExitCode        int32
	Ready           bool
	Restarts        int32
	LastExit        string // as Pod.LastExit, of this container
	Started         time.Time
}

// Event is an event of the chain's objects, joined to its link.
type Event struct {
	Time            time.Time // last seen
	First           time.Time
	Count           int32
	Warning         bool
	Reason, Message string
	Kind, Name      string // of the object it is about
	Link            int    // -1 when it is about no link
	Source          string // the component that said so
}

// Release is the newest release, nil without one.
func (s *Snapshot) Release() *chain.Release {
	if len(s.Releases) == 0 {
		return nil
	}
	return &s.Releases[0]
}

// Counts are the links by whether they are ready.
func (s *Snapshot) Counts() (ready, total int) {
	for i := range s.Links {
		if s.Links[i].Status == Ready {
			ready++
		}
	}
	return ready, len(s.Links)
}
