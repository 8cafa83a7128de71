package write

import (
	"slices"

	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// Verb is what a plan does with an object.
type Verb string

// The verbs of a plan.
const (
	Create Verb = "create"
	Change Verb = "change"
	Take   Verb = "adopt" // take over from another manager, and change
	Delete Verb = "delete"
	Keep   Verb = "keep" // it is as it should be, and is not touched
)

// Step is what a plan does with one object.
type Step struct {
	manifests.ID
	Verb     Verb
	Part     manifests.Part
	Link     int  // -1 for none
	Restarts bool // its pods are replaced

	object manifests.Object // what is applied; zero for Delete
	uid    types.UID        // of the live object
	live   []byte           // JSON of the live object; nil without one
	handOn bool             // replicas go over to the autoscaler
}

// Plan is what a change would do. It is a value: making one changes nothing.
type Plan struct {
	Action    string // in words
	Namespace string
	Base      *chain.Release // what it starts from; nil on a first deploy
	Number    int            // of the release it makes; 0 for none
	Before    chain.Spec     // of Base; the zero Spec without one
	Spec      chain.Spec     // after
	LiveNow   chain.Live     // before
	Live      chain.Live     // after
	Publish   bool           // order or live settings change
	Steps     []Step         // in the order in which they are applied; deletions last, tail first

	CreateNamespace bool
	DeleteNamespace bool
	Added           []int    // links that join the chain
	Removed         []int    // and that leave it
	Restarts        []int    // links whose pods are replaced
	Warnings        []string // what the user should know before saying yes

	intent      Intent
	deletes     bool // the whole chain
	namespaceID types.UID
	barePod     types.UID
	releaseIDs  map[int]types.UID
	claim       int // number of the release that a deletion makes for its length; 0 for none
	older       int // number of an earlier release that may still be under way; 0 for none
}

// Nothing tells whether the plan changes nothing at all.
func (p *Plan) Nothing() bool {
	if p.CreateNamespace || p.DeleteNamespace || p.Publish || p.barePod != "" || p.deletes && len(p.releaseIDs) > 0 {
		return false
	}
	return !slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Verb != Keep })
}

// Deletes tells whether the plan deletes the whole chain.
func (p *Plan) Deletes() bool { return p.deletes }

// Count is how many objects the plan does this with.
func (p *Plan) Count(v Verb) (n int) {
	for _, s := range p.Steps {
		if s.Verb == v {
			n++
		}
	}
	return n
}

// select are the steps that fit.
func (p *Plan) choose(fits func(*Step) bool) []Step {
	var chosen []Step
	for i := range p.Steps {
		if fits(&p.Steps[i]) {
			chosen = append(chosen, p.Steps[i])
		}
	}
	return chosen
}
