package state

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// EventOf is what a Snapshot shows of e. ok is false when it is about none of a chain's objects. Link is -1: it depends
// on the chain's order.
func EventOf(e *corev1.Event) (event Event, ok bool) {
	if Subject(e.InvolvedObject.Name) == "" {
		return Event{}, false
	}
	event = Event{
		Time:    e.LastTimestamp.Time,
		First:   e.FirstTimestamp.Time,
		Count:   max(1, e.Count),
		Warning: e.Type == corev1.EventTypeWarning,
		Reason:  sanitise.Line(e.Reason),
		Message: sanitise.Line(strings.TrimSpace(e.Message)),
		Kind:    e.InvolvedObject.Kind,
		Name:    e.InvolvedObject.Name,
		Link:    -1,
		Source:  sanitise.Line(e.Source.Component),
	}
	if e.Source.Component == "" {
		event.Source = sanitise.Line(e.ReportingController)
	}
	if event.First.IsZero() {
		event.First = e.EventTime.Time
	}
	if e.Series != nil { // events.k8s.io counts repetitions here
		event.Count, event.Time = max(event.Count, e.Series.Count), e.Series.LastObservedTime.Time
	}
	if event.First.IsZero() {
		event.First = e.CreationTimestamp.Time
	}
	if event.Time.IsZero() {
		event.Time = event.First
	}
	return event, true
}

// Subject is the Service that an object's name belongs to, by the names of a chain's objects and of the ReplicaSets, pods
// and EndpointSlices that Kubernetes makes from them; chain.ConfigMap for the chain's ConfigMaps, and empty for any
// other object.
func Subject(name string) string {
	for _, prefix := range []string{chain.DeployPrefix, chain.ServicePrefix} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			digits, _, _ := strings.Cut(rest, "-")
			if i, ok := chain.Index(prefix + digits); ok {
				return chain.ServiceName(i)
			}
		}
	}
	for _, own := range []struct{ name, service string }{
		{chain.CollectorDeployment, chain.CollectorService},
		{chain.CollectorService, chain.CollectorService},
		{chain.LoadGenerator, chain.LoadGenerator},
		{chain.ConfigMap, chain.ConfigMap},
	} {
		if name == own.name || strings.HasPrefix(name, own.name+"-") {
			return own.service
		}
	}
	if strings.HasPrefix(name, chain.ReleasePrefix) {
		return chain.ConfigMap
	}
	return ""
}
