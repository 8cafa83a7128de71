package state

import (
	"maps"
	"slices"
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// Builder keeps what is known of a chain's objects, and makes Snapshots of it. Only workloads that something has changed
// of are built anew; the others are shared with the Snapshot before. It is safe for concurrent use.
type Builder struct {
	context, namespace string

	mu          sync.Mutex
	deployments table[Deployment]
	replicaSets table[ReplicaSet]
	pods        table[Pod]
	endpoints   table[Endpoints]
	services    table[Service]
	events      map[string]Event   // by the event's own name
	releases    map[string]release // by the ConfigMap's name
	config      map[string]string
	live        chain.Live
	liveErr     string
	liveSince   time.Time

	built    map[string]*Workload // by Service
	dirty    map[string]bool      // Services to build anew
	dirtyAll bool                 // as the order of the links has changed
	order    chain.Order
	history  map[string]history // by Service
	newest   []Event            // sorted; nil when events have changed
	version  uint64
	now      time.Time     // of the Snapshot being built
	denied   map[Kind]bool // kinds that can't be read
}

// NewBuilder makes a Builder that knows of no object.
func NewBuilder(context, namespace string) *Builder {
	return &Builder{
		context: context, namespace: namespace,
		deployments: newTable[Deployment](),
		replicaSets: newTable[ReplicaSet](),
		pods:        newTable[Pod](),
		endpoints:   newTable[Endpoints](),
		services:    newTable[Service](),
		events:      map[string]Event{},
		releases:    map[string]release{},
		built:       map[string]*Workload{},
		dirty:       map[string]bool{},
		history:     map[string]history{},
	}
}

// Snapshot is what is known at now, of a connection that stands at conn. Conn's Denied tells which kinds' absence means
// nothing. While it is Connecting the Snapshot has no workloads.
func (b *Builder) Snapshot(now time.Time, conn Conn, noNamespace bool) *Snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.version++
	b.now = now
	s := &Snapshot{
		Version: b.version, At: now, Context: b.context, Namespace: b.namespace, Conn: conn, NoNamespace: noNamespace,
		Live: b.live, LiveErr: b.liveErr, LiveSince: b.liveSince, Config: b.config,
	}
	if conn.Phase == Connecting {
		return s // half of the objects would look like a broken chain
	}
	if denied := kinds(conn.Denied); !maps.Equal(denied, b.denied) {
		b.denied, b.dirtyAll = denied, true
	}
	s.Releases, s.Unread = b.releaseList()
	s.Origin = b.origin(s.Releases)
	order := b.chainOrder(s.Releases)
	if !slices.Equal(order, b.order) {
		b.order, b.dirtyAll, b.newest = order, true, nil
	}
	b.forget()
	b.fill(s)
	s.Events = b.eventList()
	return s
}

func kinds(denied []Denial) map[Kind]bool {
	if len(denied) == 0 {
		return nil
	}
	m := map[Kind]bool{}
	for _, d := range denied {
		m[Kind(d.Resource)] = true
	}
	return m
}

// fill places the workloads in the Snapshot.
func (b *Builder) fill(s *Snapshot) {
	s.Links = make([]Link, len(b.order))
	used := make(map[string]bool, len(b.order)+2)
	for i, service := range b.order {
		s.Links[i] = Link{Index: i, Workload: *b.workload(service), Fault: b.live.Faults[service]}
		used[service] = true
	}
	spec := newestSpec(s.Releases)
	if w := b.workload(chain.CollectorService); w.Exists || spec != nil && ownCollector(spec) {
		s.Collect = w
	}
	if w := b.workload(chain.LoadGenerator); w.Exists || spec != nil && !spec.NoLoad {
		s.Load = w
	}
	used[chain.CollectorService], used[chain.LoadGenerator] = true, true
	for service := range b.deployments.of {
		if !used[service] {
			s.Extra = append(s.Extra, *b.workload(service))
		}
	}
	slices.SortFunc(s.Extra, func(x, y Workload) int { return byIndex(x.Service, y.Service) })
}

func ownCollector(spec *chain.Spec) bool { _, own := spec.OwnCollector(); return own }

// workload is the one behind the Service, as it was built.
func (b *Builder) workload(service string) *Workload {
	if w := b.built[service]; w != nil {
		return w
	}
	w := b.build(service)
	b.built[service] = w
	return w
}

// forget drops the workloads that something has changed of: they are built anew when they are next asked for.
func (b *Builder) forget() {
	if b.dirtyAll {
		clear(b.built)
		b.dirtyAll = false
	}
	for service := range b.dirty {
		delete(b.built, service)
	}
	clear(b.dirty)
}

func (b *Builder) eventList() []Event {
	if b.newest == nil {
		b.newest = make([]Event, 0, len(b.events))
		link := make(map[string]int, len(b.order))
		for i, service := range b.order {
			link[service] = i
		}
		for _, e := range b.events {
			if i, ok := link[Subject(e.Name)]; ok {
				e.Link = i
			}
			b.newest = append(b.newest, e)
		}
		slices.SortFunc(b.newest, newestFirst)
		b.newest = b.newest[:min(len(b.newest), MaxEvents):min(len(b.newest), MaxEvents)]
	}
	return b.newest
}

// Build makes a Snapshot of a connection that is live from API objects of the Kinds.
func Build(now time.Time, objects ...metav1.Object) *Snapshot {
	namespace := ""
	if len(objects) > 0 {
		namespace = objects[0].GetNamespace()
	}
	b := NewBuilder("", namespace)
	for _, o := range objects {
		b.Set(o.GetName(), Keep(o))
	}
	return b.Snapshot(now, Conn{Phase: Live, Since: now}, false)
}
