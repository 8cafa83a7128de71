package state

import (
	"strconv"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	discoveryv1 "k8s.io/api/discovery/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// What is kept of each object: what a Snapshot shows and the rules need, and nothing else, so that thousands of pods
// cost a few MB. The text of each is sanitised here, where it comes in.

// Deployment is what is kept of a Deployment.
type Deployment struct {
	Name, UID   string
	Service     string // the Service in front of its pods
	Generation  int64
	Observed    int64 // status.observedGeneration; 0 when the controller has not seen it
	Revision    int64 // of the ReplicaSet that it is rolling to; 0 when unknown
	Deleting    bool
	Paused      bool
	NoDeadline  bool // no progress deadline: then it has no Progressing condition either
	Desired     int32
	Replicas    int32
	Updated     int32
	Ready       int32
	Available   int32
	Image       string
	Spans       string // where its pods post their spans, by chain.SpansVariable; empty when it does not say
	Created     time.Time
	Conditions  []Condition
	DeadlineSec int32
}

// ReplicaSet is what is kept of a ReplicaSet.
type ReplicaSet struct {
	Name, Owner string // Owner is the Deployment's UID
	Service     string // the Service in front of its pods
	Revision    int64
	Created     time.Time
	Refused     string // why its last pod could not be created; empty when it could
}

// Service is what is kept of a Service.
type Service struct{ Name string }

// Endpoints is what is kept of an EndpointSlice.
type Endpoints struct {
	Service string
	Family  string // IPv4, IPv6 or FQDN: a dual-stack Service has a slice of each for the same pods
	Ready   int
}

// revision is the annotation in which the Deployment controller numbers its ReplicaSets.
const revision = "deployment.kubernetes.io/revision"

// noDeadline is the progressDeadlineSeconds that means none (k8s.io/kubectl, polymorphichelpers; the Deployment
// controller writes no Progressing condition then).
const noDeadline = 1<<31 - 1

// DeploymentOf is what is kept of d. ok is false when it is none of a chain's.
func DeploymentOf(d *appsv1.Deployment) (kept Deployment, ok bool) {
	service := ServiceOf(d.Spec.Template.Labels)
	if service == "" {
		switch i, isLink := chain.Index(d.Name); {
		case isLink && d.Name == chain.DeploymentName(i):
			service = chain.ServiceName(i)
		case d.Name == chain.CollectorDeployment:
			service = chain.CollectorService
		case d.Name == chain.LoadGenerator:
			service = chain.LoadGenerator
		default:
			return Deployment{}, false
		}
	}
	kept = Deployment{
		Name:       d.Name,
		UID:        string(d.UID),
		Service:    service,
		Generation: d.Generation,
		Observed:   d.Status.ObservedGeneration,
		Revision:   number(d.Annotations[revision]),
		Deleting:   d.DeletionTimestamp != nil,
		Paused:     d.Spec.Paused,
		Desired:    1,
		Replicas:   d.Status.Replicas,
		Updated:    d.Status.UpdatedReplicas,
		Ready:      d.Status.ReadyReplicas,
		Available:  d.Status.AvailableReplicas,
		Created:    d.CreationTimestamp.Time,
	}
	if d.Spec.Replicas != nil {
		kept.Desired = *d.Spec.Replicas
	}
	if s := d.Spec.ProgressDeadlineSeconds; s != nil {
		kept.DeadlineSec, kept.NoDeadline = *s, *s == noDeadline
	}
	if containers := d.Spec.Template.Spec.Containers; len(containers) > 0 {
		kept.Image = sanitise.Line(containers[0].Image)
		for _, v := range containers[0].Env {
			if v.Name == chain.SpansVariable {
				kept.Spans = sanitise.Line(v.Value)
			}
		}
	}
	for _, c := range d.Status.Conditions {
		kept.Conditions = append(kept.Conditions, Condition{
			Type: string(c.Type), Status: string(c.Status), Since: c.LastTransitionTime.Time,
			Reason: sanitise.Line(c.Reason), Message: sanitise.Line(c.Message),
		})
	}
	return kept, true
}

// ReplicaSetOf is what is kept of rs. ok is false when no Deployment owns it.
func ReplicaSetOf(rs *appsv1.ReplicaSet) (kept ReplicaSet, ok bool) {
	service := ServiceOf(rs.Spec.Template.Labels)
	for _, o := range rs.OwnerReferences {
		if service != "" && o.Kind == "Deployment" && o.Controller != nil && *o.Controller {
			kept = ReplicaSet{
				Name: rs.Name, Owner: string(o.UID), Service: service,
				Revision: number(rs.Annotations[revision]), Created: rs.CreationTimestamp.Time,
			}
			for _, c := range rs.Status.Conditions {
				if c.Type == appsv1.ReplicaSetReplicaFailure && c.Status == "True" {
					kept.Refused = sanitise.Line(c.Message)
				}
			}
			return kept, true
		}
	}
	return ReplicaSet{}, false
}

// EndpointsOf is what is kept of an EndpointSlice. ok is false when it is of none of a chain's Services.
func EndpointsOf(s *discoveryv1.EndpointSlice) (kept Endpoints, ok bool) {
	kept = Endpoints{Service: s.Labels[discoveryv1.LabelServiceName], Family: string(s.AddressType)}
	for _, e := range s.Endpoints {
		if e.Conditions.Ready == nil || *e.Conditions.Ready { // the API: "a nil value should be interpreted as true"
			kept.Ready++
		}
	}
	return kept, kept.Service != "" && (s.Labels["app"] == chain.App || Subject(kept.Service) != "")
}

// ServiceOf is the Service that a pod with these labels stands behind, by the original's labels; empty when the pod is
// none of a chain's.
func ServiceOf(labels map[string]string) string {
	if labels["app"] != chain.App {
		return ""
	}
	switch service := sanitise.Line(labels["service-name"]); {
	case service != "":
		return service
	case labels["instance"] == "zipkin":
		return chain.CollectorService
	case labels["service"] == chain.LoadGenerator:
		return chain.LoadGenerator
	}
	return ""
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
