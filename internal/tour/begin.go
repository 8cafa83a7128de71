package tour

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Beginning is a chain as the tour found it, and leaves it.
type Beginning struct {
	Release int          // its number
	Spec    chain.Spec   // of that release
	Faults  chain.Faults // in force
	Rate    float64      // of the load, in requests per second
	Loaded  bool         // there is a load generator
}

// Of is the chain of a snapshot as a tour may begin with; the error says why none can, and what to do.
func Of(s *state.Snapshot) (Beginning, error) {
	r := s.Release()
	switch {
	case s.Origin == state.Original:
		return Beginning{}, errors.New("this chain has no release to go back to: take it over with chaintui adopt first")
	case s.Origin == state.None || r == nil:
		return Beginning{}, fmt.Errorf("there is no chain in namespace %s to show: deploy one first, with chaintui deploy", s.Namespace)
	case len(s.Links) < 2:
		return Beginning{}, errors.New("the tour needs 2 links or more: chaintui resize 4 makes it so")
	case s.LiveErr != "":
		return Beginning{}, errors.New("the chain's live settings can't be read, and so could not be put back: " + s.LiveErr)
	case r.Outcome == chain.Pending:
		return Beginning{}, fmt.Errorf("%s, of %s, is under way: try again when it is done", r.Action, r.Author)
	}
	b := Beginning{Release: r.Number, Spec: r.Spec.Clone(), Faults: chain.Faults{}, Rate: rateOf(s), Loaded: s.Load != nil && s.Load.Exists}
	for name, f := range s.Live.Faults {
		b.Faults[name] = f
	}
	return b, nil
}

// rateOf is the rate that the load generator goes by.
func rateOf(s *state.Snapshot) float64 {
	if s.Live.Load == nil {
		return chain.DefaultRate
	}
	return s.Live.Load.Rate
}

// enough is the rate below which verdicts from traces are long in coming.
const enough = 5

// calm is what the chain is like between the tour's steps: as it began, without its faults and with some load.
func (b Beginning) calm() Beginning {
	b.Faults = nil
	b.Rate = max(b.Rate, enough)
	return b
}

// Undo is what makes the chain of a snapshot what it was at the beginning, in this order; nothing when it is so already,
// or when there is no chain any more. Kinds of acts in unsure (see Act.kind) were cut off: a snapshot can't tell yet
// what they did, so that they are taken back in any case. Without a snapshot everything is.
func (b Beginning) Undo(s *state.Snapshot, unsure ...string) []Act {
	sure := func(kind string) bool { return !slices.Contains(unsure, kind) }
	if s == nil {
		s, sure = &state.Snapshot{Origin: state.Ours}, func(string) bool { return false }
	}
	if s.Origin == state.None {
		return nil
	}
	var acts []Act
	if !sure("rollback") || !b.released(s) {
		acts = append(acts, b.rollback())
	}
	acts = append(acts, b.faults(s.Live.Faults, sure("fault"))...)
	if b.Loaded && (!sure("load") || rateOf(s) != b.Rate) {
		acts = append(acts, load(b.Rate))
	}
	return acts
}

// released tells whether the newest release says what the first one did, and was carried out.
func (b Beginning) released(s *state.Snapshot) bool {
	r := s.Release()
	if r == nil {
		return false
	}
	now := r.Spec
	now.CreatedNS = b.Spec.CreatedNS // the namespace's, whoever writes it
	return reflect.DeepEqual(now, b.Spec) && (r.Number == b.Release || r.Outcome.Written())
}

func (b Beginning) rollback() Act {
	return Act{ID: "rollback", Args: action.Args{"to": strconv.Itoa(b.Release)}, Shown: func(s *state.Snapshot) bool {
		ready, total := s.Counts()
		return b.released(s) && ready == total && total == len(b.Spec.Links)
	}}
}

// faults are the acts that put the links' faults back: one for each fault, and one for all links that had none.
func (b Beginning) faults(now chain.Faults, sure bool) []Act {
	var kinds []chain.Fault
	links := map[chain.Fault][]int{}
	for i, name := range b.Spec.Order() {
		f := plain(b.Faults[name])
		if sure && plain(now[name]) == f {
			continue
		}
		if links[f] == nil {
			kinds = append(kinds, f)
		}
		links[f] = append(links[f], i)
	}
	acts := make([]Act, len(kinds))
	for i, f := range kinds {
		acts[i] = fault(links[f], f)
	}
	return acts
}
