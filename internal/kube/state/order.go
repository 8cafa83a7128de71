package state

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
)

// chainOrder is the links' Services: by the newest release; in a chain without releases by the ConfigMap; and without
// that by the Deployments there are.
func (b *Builder) chainOrder(releases []chain.Release) chain.Order {
	if spec := newestSpec(releases); spec != nil {
		return spec.Order()
	}
	if len(b.live.Order) > 0 {
		return b.live.Order
	}
	var order chain.Order
	for service := range b.deployments.of {
		if service != chain.CollectorService && service != chain.LoadGenerator {
			order = append(order, service)
		}
	}
	slices.SortFunc(order, byIndex)
	return order
}

// byIndex sorts Services by the links' indices, and those that are not named by one after them.
func byIndex(x, y string) int {
	i, isX := chain.Index(x)
	j, isY := chain.Index(y)
	switch {
	case isX && isY:
		return cmp.Compare(i, j)
	case isX:
		return -1
	case isY:
		return 1
	}
	return cmp.Compare(x, y)
}

func newestSpec(releases []chain.Release) *chain.Spec {
	if len(releases) == 0 {
		return nil
	}
	return &releases[0].Spec
}

// origin tells whose chain the objects are.
func (b *Builder) origin(releases []chain.Release) Origin {
	switch {
	case len(releases) > 0:
		return Ours
	case len(b.deployments.at) > 0 || b.config != nil || len(b.pods.at) > 0:
		return Original
	}
	return None
}
