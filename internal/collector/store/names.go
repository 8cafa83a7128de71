package store

import (
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// nameIndex lists the names that the stored spans use. Each is counted and goes with its last span.
type nameIndex struct {
	services map[string]*service
	values   map[string]counts // of the tags that are completed
	bytes    int
}

type service struct {
	spans          int
	names, remotes counts
}

type counts map[string]*int

const (
	countOverhead   = 64  // about what a counted name costs beside its text
	serviceOverhead = 192 // and a service
)

func (x *nameIndex) init(autocompleteKeys []string) {
	x.services, x.values = map[string]*service{}, map[string]counts{}
	for _, key := range autocompleteKeys {
		x.values[key] = counts{}
	}
}

func (x *nameIndex) add(span *wire.Span) {
	if name := span.Local.Service; name != "" {
		s := x.services[name]
		if s == nil {
			s = &service{names: counts{}, remotes: counts{}}
			x.services[strings.Clone(name)] = s
			x.bytes += len(name) + serviceOverhead
		}
		s.spans++
		x.increment(s.names, span.Name)
		x.increment(s.remotes, span.Remote.Service)
	}
	if len(x.values) > 0 {
		for _, tag := range span.Tags {
			if values, ok := x.values[tag.Key]; ok {
				x.increment(values, tag.Value)
			}
		}
	}
}

func (x *nameIndex) remove(span *wire.Span) {
	if s := x.services[span.Local.Service]; s != nil {
		x.decrement(s.names, span.Name)
		x.decrement(s.remotes, span.Remote.Service)
		if s.spans--; s.spans == 0 {
			delete(x.services, span.Local.Service)
			x.bytes -= len(span.Local.Service) + serviceOverhead
		}
	}
	if len(x.values) > 0 {
		for _, tag := range span.Tags {
			if values, ok := x.values[tag.Key]; ok {
				x.decrement(values, tag.Value)
			}
		}
	}
}

func (x *nameIndex) increment(c counts, name string) {
	if name == "" {
		return
	}
	if n := c[name]; n != nil {
		*n++
		return
	}
	n := 1
	c[strings.Clone(name)] = &n
	x.bytes += len(name) + countOverhead
}

func (x *nameIndex) decrement(c counts, name string) {
	n := c[name]
	if n == nil {
		return
	}
	if *n--; *n == 0 {
		delete(c, name)
		x.bytes -= len(name) + countOverhead
	}
}

// ServiceNames lists the services of the stored spans, sorted.
func (s *Store) ServiceNames() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return sortedKeys(s.names.services)
}

// SpanNames lists the names of a service's spans, sorted.
func (s *Store) SpanNames(service string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found := s.names.services[wire.Lower(service)]; found != nil {
		return sortedKeys(found.names)
	}
	return nil
}

// RemoteServiceNames lists what the spans of a service name as the other side, sorted.
func (s *Store) RemoteServiceNames(service string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found := s.names.services[wire.Lower(service)]; found != nil {
		return sortedKeys(found.remotes)
	}
	return nil
}

// TagValues lists the values of a tag that is completed, sorted.
func (s *Store) TagValues(key string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return sortedKeys(s.names.values[key])
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, wire.CompareJava)
	return keys
}
