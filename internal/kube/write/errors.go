package write

import (
	"errors"
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/manifests"
)

// Superseded is a change that another one overtook: both read the same release, and the other created the next one
// first, or a later one while this ran.
type Superseded struct{ Release chain.Release }

func (e *Superseded) Error() string {
	by := e.Release.Author
	if by == "" {
		by = "someone else"
	}
	return sanitise.Line(fmt.Sprintf("superseded by release %d (%s: %s)", e.Release.Number, by, e.Release.Action))
}

// Ending is a change in a namespace that is being deleted.
type Ending struct{ Namespace string }

func (e *Ending) Error() string {
	return fmt.Sprintf("namespace %s is being deleted; try again when it is gone", e.Namespace)
}

// ErrNoChain is a change of a chain that isn't there.
var ErrNoChain = errors.New("there is no chain to change; deploy one first")

// ErrUnadopted is a change of a chain that has no release to begin from: one that kubectl applied, or the original's tool.
var ErrUnadopted = errors.New("the chain here has no release of chaintui's to begin from, as one that kubectl applied: " +
	"take it over with `chaintui adopt`, or remove it with `chaintui delete`")

// ErrAdopted is the adoption of a chain all of which is chaintui's.
var ErrAdopted = errors.New("this chain is chaintui's already")

// Foreign are objects in the chain's place that are not chaintui's. They are not touched unless the user adopts them.
type Foreign struct {
	Namespace string
	Objects   []manifests.ID
	InChain   bool // the chain around them is chaintui's
}

func (e *Foreign) Error() string {
	names := make([]string, 0, 4)
	for i, id := range e.Objects {
		if i == 3 && len(e.Objects) > 4 {
			names = append(names, fmt.Sprintf("%d more", len(e.Objects)-i))
			break
		}
		names = append(names, id.String())
	}
	if e.InChain {
		return fmt.Sprintf("some of the chain's objects in namespace %s are not chaintui's, or have lost its labels (%s): take them over with `chaintui adopt`, or delete them",
			e.Namespace, strings.Join(names, ", "))
	}
	return fmt.Sprintf("namespace %s holds objects of a chain that are not chaintui's (%s): take them over with `chaintui adopt`, or choose another namespace",
		e.Namespace, strings.Join(names, ", "))
}

// Unready is a chain that did not become ready.
type Unready struct{ Workloads []state.Workload }

func (e *Unready) Error() string {
	parts := make([]string, 0, 4)
	for i, w := range e.Workloads {
		if i == 3 && len(e.Workloads) > 4 {
			parts = append(parts, fmt.Sprintf("and %d more", len(e.Workloads)-i))
			break
		}
		parts = append(parts, describe(&w))
	}
	return sanitise.Line("not ready: " + strings.Join(parts, "; "))
}

// describe is a workload's state in one line: what, why, where.
func describe(w *state.Workload) string {
	name := w.Service
	if i, ok := chain.Index(name); ok {
		name = fmt.Sprintf("link %d", i)
	}
	text := name + " is " + string(w.Status)
	if w.Container != "" && !strings.Contains(w.Message, w.Container) {
		text += " (container " + w.Container + ")"
	}
	if w.Reason != "" && !strings.Contains(w.Message, w.Reason) {
		text += ": " + w.Reason
	}
	if w.Message != "" {
		text += ": " + w.Message
	}
	return text
}

// Unconfirmed are pods that did not report the new configuration in time.
type Unconfirmed struct{ Pods []string }

func (e *Unconfirmed) Error() string {
	shown := e.Pods[:min(len(e.Pods), 3)]
	return fmt.Sprintf("%d pods have not loaded the new configuration yet (%s, …): their kubelet fetches it within a minute or two",
		len(e.Pods), strings.Join(shown, ", "))
}
