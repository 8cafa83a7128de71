package state

import (
	"fmt"
	"iter"

	"github.com/chaintui/chaintui/internal/chain"
)

// Find is the workload that a user calls name, and its pods' port: head, tail, collector, load, or a link by its index
// or any of its names.
func (s *Snapshot) Find(name string) (w *Workload, port int, err error) {
	switch name {
	case "collector", chain.CollectorService, chain.CollectorDeployment:
		if s.Collect == nil {
			return nil, 0, fmt.Errorf("the chain has no collector of its own")
		}
		return s.Collect, chain.CollectorPort, nil
	case "load", chain.LoadGenerator:
		if s.Load == nil {
			return nil, 0, fmt.Errorf("the chain has no load generator")
		}
		return s.Load, chain.LinkPort, nil
	}
	if len(s.Links) == 0 {
		return nil, 0, fmt.Errorf("there is no chain in namespace %s", s.Namespace)
	}
	i := len(s.Links) - 1
	switch name {
	case "head":
		i = 0
	case "tail":
	default:
		for j := range s.Links { // by its own name first: a chain may hold links of any name
			if l := &s.Links[j]; name == l.Service || name == l.Name {
				return &l.Workload, chain.LinkPort, nil
			}
		}
		if i, err = chain.ParseLink(name, len(s.Links)); err != nil {
			return nil, 0, err
		}
	}
	return &s.Links[i].Workload, chain.LinkPort, nil
}

// Pods are all pods of the chain: the links', those of links to be pruned, the collector's and the load generator's.
func (s *Snapshot) Pods() iter.Seq[*Pod] {
	return func(yield func(*Pod) bool) {
		of := func(w *Workload) bool {
			for i := range w.Pods {
				if !yield(&w.Pods[i]) {
					return false
				}
			}
			return true
		}
		for i := range s.Links {
			if !of(&s.Links[i].Workload) {
				return
			}
		}
		for i := range s.Extra {
			if !of(&s.Extra[i]) {
				return
			}
		}
		for _, w := range []*Workload{s.Collect, s.Load} {
			if w != nil && !of(w) {
				return
			}
		}
	}
}

// ReadyNames are the names of the workload's pods that are ready and stay, newest ReplicaSet first.
func (w *Workload) ReadyNames() (names []string) {
	for i := range w.Pods {
		if p := &w.Pods[i]; p.Ready && !p.Deleting {
			names = append(names, p.Name)
		}
	}
	return names
}
