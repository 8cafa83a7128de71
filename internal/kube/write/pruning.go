package write

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// kindOrder is the order in which kinds are told, and deleted: who serves before what it needs.
var kindOrder = []manifests.Kind{manifests.Deployment, manifests.Service, manifests.NetworkPolicy, manifests.ConfigMap}

// prune plans the deletion of what carries the chain's labels and is wanted no longer, tail first.
func (p *Plan) prune(c *Current, wanted map[manifests.ID]bool) {
	var gone []Step
	for id, live := range c.Objects {
		if live.Managed && !wanted[id] && !live.Deleting {
			gone = append(gone, Step{ID: id, Verb: Delete, Link: linkOf(id), uid: live.UID, live: live.Body})
		}
	}
	sortForDeletion(gone)
	p.Steps = append(p.Steps, gone...)
}

// sortForDeletion puts the load generator first, then links from the tail, then the rest.
func sortForDeletion(steps []Step) {
	rank := func(s Step) int {
		switch {
		case s.Name == chain.LoadGenerator:
			return 0
		case s.Link >= 0:
			return 1
		}
		return 2
	}
	slices.SortFunc(steps, func(a, b Step) int {
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Link, a.Link),
			cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)), cmp.Compare(a.Name, b.Name))
	})
}
