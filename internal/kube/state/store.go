package state

import (
	"cmp"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// Kind is a kind of objects that a chain is read from, by its resource's name with its API group.
type Kind string

// The kinds that a chain is read from.
const (
	Deployments    Kind = "deployments.apps"
	ReplicaSets    Kind = "replicasets.apps"
	Pods           Kind = "pods"
	Services       Kind = "services"
	EndpointSlices Kind = "endpointslices.discovery.k8s.io"
	ConfigMaps     Kind = "configmaps"
	Events         Kind = "events"
)

// Kinds are all of them.
var Kinds = []Kind{Deployments, ReplicaSets, Pods, Services, EndpointSlices, ConfigMaps, Events}

// Essential tells whether a chain's links can't be judged without the kind.
func (k Kind) Essential() bool {
	return k == Deployments || k == Pods || k == Services || k == ConfigMaps
}

// Keep is what is kept of an API object of one of the Kinds: a Deployment, ReplicaSet, Pod, Service, Endpoints,
// ConfigMap or Event of this package. It is nil for an object that is none of a chain's.
func Keep(object any) any {
	switch o := object.(type) {
	case *appsv1.Deployment:
		return orNil(DeploymentOf(o))
	case *appsv1.ReplicaSet:
		return orNil(ReplicaSetOf(o))
	case *corev1.Pod:
		if pod := PodOf(o); pod.Service != "" {
			return pod
		}
	case *corev1.Service:
		if o.Labels["app"] == chain.App || Subject(o.Name) != "" {
			return Service{Name: o.Name}
		}
	case *discoveryv1.EndpointSlice:
		return orNil(EndpointsOf(o))
	case *corev1.ConfigMap:
		return orNil(ConfigMapOf(o))
	case *corev1.Event:
		return orNil(EventOf(o))
	}
	return nil
}

func orNil[T any](kept T, ok bool) any {
	if !ok {
		return nil
	}
	return kept
}

// Set keeps under the object's name what Keep made of it, and tells whether that is anything new.
func (b *Builder) Set(name string, kept any) (changed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	changed = b.set(name, kept)
	b.boundEvents()
	return changed
}

func (b *Builder) set(name string, kept any) (changed bool) {
	switch o := kept.(type) {
	case Deployment:
		return b.deployments.set(o.Service, name, o, b.touch)
	case ReplicaSet:
		return b.replicaSets.set(o.Service, name, o, b.touch)
	case Pod:
		return b.pods.set(o.Service, name, o, b.touch)
	case Endpoints:
		return b.endpoints.set(o.Service, name, o, b.touch)
	case Service:
		return b.services.set(name, name, o, b.touch)
	case Event:
		b.events[name], b.newest = o, nil
	case ConfigMap:
		b.setConfig(name, o)
	}
	return true
}

// Drop forgets the object of that kind and name, and tells whether it was kept.
func (b *Builder) Drop(kind Kind, name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := b.has(kind, name)
	if kept {
		b.drop(kind, name)
	}
	return kept
}

func (b *Builder) drop(kind Kind, name string) {
	switch kind {
	case Deployments:
		b.deployments.drop(name, b.touch)
	case ReplicaSets:
		b.replicaSets.drop(name, b.touch)
	case Pods:
		b.pods.drop(name, b.touch)
	case EndpointSlices:
		b.endpoints.drop(name, b.touch)
	case Services:
		b.services.drop(name, b.touch)
	case ConfigMaps:
		b.dropConfig(name)
	case Events:
		delete(b.events, name)
		b.newest = nil
	}
}

// Replace keeps exactly these objects of the kind, by name.
func (b *Builder) Replace(kind Kind, kept map[string]any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range b.names(kind) {
		if kept[name] == nil {
			b.drop(kind, name)
		}
	}
	for name, k := range kept {
		b.set(name, k)
	}
	b.boundEvents()
}

// names are the names of the objects of a kind.
func (b *Builder) names(kind Kind) []string {
	switch kind {
	case ConfigMaps:
		return append(keys(b.releases), chain.ConfigMap)
	case Events:
		return keys(b.events)
	}
	return keys(b.index(kind))
}

func (b *Builder) has(kind Kind, name string) bool {
	var ok bool
	switch kind {
	case ConfigMaps:
		_, ok = b.releases[name]
		return ok || name == chain.ConfigMap && b.config != nil
	case Events:
		_, ok = b.events[name]
	default:
		_, ok = b.index(kind)[name]
	}
	return ok
}

// index tells by name to which Services the objects of a kind belong.
func (b *Builder) index(kind Kind) map[string]string {
	switch kind {
	case Deployments:
		return b.deployments.at
	case ReplicaSets:
		return b.replicaSets.at
	case Pods:
		return b.pods.at
	case EndpointSlices:
		return b.endpoints.at
	}
	return b.services.at
}

func keys[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	return list
}

func (b *Builder) touch(service string) { b.dirty[service] = true }

// boundEvents forgets the oldest events when far more are kept than a Snapshot shows.
func (b *Builder) boundEvents() {
	if len(b.events) < 4*MaxEvents {
		return
	}
	type named struct {
		name string
		Event
	}
	all := make([]named, 0, len(b.events))
	for name, e := range b.events {
		all = append(all, named{name, e})
	}
	slices.SortFunc(all, func(x, y named) int { return newestFirst(x.Event, y.Event) })
	for _, e := range all[2*MaxEvents:] {
		delete(b.events, e.name)
	}
}

func newestFirst(x, y Event) int {
	return cmp.Or(y.Time.Compare(x.Time), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Reason, y.Reason), cmp.Compare(x.Message, y.Message))
}
