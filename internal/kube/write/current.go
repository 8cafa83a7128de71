package write

import (
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// Current is what a plan starts from: the chain's objects as they are.
type Current struct {
	Namespace   string
	Exists      bool // the namespace; true when the user may not look
	Ours        bool // the namespace carries chaintui's labels
	Terminating bool // the namespace is being deleted
	NamespaceID types.UID
	Shared      []string          // objects in the namespace that are none of the chain's, as kind/name; of PlanDelete alone
	Unseen      []string          // why it is not known whether there are more of them
	Releases    []chain.Release   // newest first
	Newest      int               // number of the newest release, even if it can not be read; 0 without one
	ReleaseIDs  map[int]types.UID // also of those that can't be read
	Objects     map[manifests.ID]Object
	Hidden      map[manifests.Kind]error // kinds that the user may not list, and why; only of Drift
	Config      map[string]string        // data of the chain's ConfigMap; nil without one
	BarePod     types.UID                // of the original's load generator, a Pod without an owner; empty without one
	Scaled      map[string]bool          // Deployments whose replicas an autoscaler sets
}

// Object is one object of the cluster that has a place in a chain, by its labels or by its name.
type Object struct {
	manifests.ID
	UID      types.UID
	Managed  bool   // carries chaintui's labels for this namespace
	Deleting bool   // it has a deletionTimestamp
	Body     []byte // JSON, without managedFields
	// OwnsReplicas tells that chaintui is a manager of a Deployment's spec.replicas.
	OwnsReplicas bool
	Added        []string // fields that others have put beside chaintui's, and who
}

// Base is the newest release, nil without one.
func (c *Current) Base() *chain.Release {
	if len(c.Releases) == 0 {
		return nil
	}
	return &c.Releases[0]
}

// Foreign are the objects in a chain's place that are not chaintui's.
func (c *Current) foreign() []manifests.ID {
	var list []manifests.ID
	for id, o := range c.Objects {
		if !o.Managed {
			list = append(list, id)
		}
	}
	sortIDs(list)
	return list
}

// standing tells whether there is a chain, or a part of one, whatever its releases.
func (c *Current) standing() bool {
	for id, o := range c.Objects {
		if (id.Kind == manifests.Deployment || id.Kind == manifests.ConfigMap) && !o.Deleting {
			return true
		}
	}
	return false
}
