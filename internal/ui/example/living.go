package example

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// Living is an example that follows what is done to it, as far as the tour needs it: its length, one link's image,
// faults, load, and releases. Its snapshot's version grows by one with each change.
type Living struct {
	mu        sync.Mutex
	snap      *state.Snapshot
	snapshots chan *state.Snapshot
	requests  map[string]zipkin.List // of the user, by trace id
	sent      uint64                 // by the load generator
	Hold      chan struct{}          // changes wait until it is closed; nil for none
	Did       []string               // what was done, such as "fault links=2 latency=150ms"
}

// NewLiving is a chain of n links that nothing was done to since release 3.
func NewLiving(n int) *Living {
	l := &Living{snap: Snapshot(Healthy, n), snapshots: make(chan *state.Snapshot, 1), requests: map[string]zipkin.List{}}
	spec := chain.Default()
	spec.Image, spec.ToolsImage = "chaintui/link:v1.4.0", "chaintui/link:v1.4.0"
	spec.Resize(n)
	l.snap.Releases = []chain.Release{{Number: 3, Spec: spec, Action: "deploy", Author: "dev", Outcome: chain.Healthy}}
	l.snap.Live.Load = &chain.Load{Rate: 5}
	l.snapshots <- l.snap
	return l
}

// Snapshot is what the chain has come to.
func (l *Living) Snapshot() *state.Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.snap
}

// Open opens it, whatever the context.
func (l *Living) Open(context.Context, string, string) (*feed.Session, error) {
	return &feed.Session{
		Context: "kind-dev", Namespace: "chain-link", Snapshots: l.snapshots, Traffic: l, Traces: l, Logs: logSource{kind: Healthy, n: 6},
		Inspect: inspector{}, Deps: action.Deps{Wait: true, Snapshot: l.Snapshot},
	}, nil
}

// Actions are the registry's, with effects on the example.
func (l *Living) Actions() []action.Action {
	all := Actions()
	for i := range all {
		id, pretend := all[i].ID, all[i].Run
		all[i].Run = func(ctx context.Context, d action.Deps, args action.Args, report func(action.Progress)) (action.Result, error) {
			result, err := pretend(ctx, d, args, report)
			if err != nil {
				return result, err
			}
			if l.Hold != nil && all[i].Mutates {
				select {
				case <-l.Hold:
				case <-ctx.Done():
					return action.Result{}, ctx.Err()
				}
			}
			if id == "request" {
				result.Trace = l.request()
				return result, nil
			}
			return result, l.change(id, d, args)
		}
	}
	return all
}

// change makes the next snapshot.
func (l *Living) change(id string, d action.Deps, args action.Args) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Did = append(l.Did, action.Command(id, args))
	next := *l.snap
	next.Version++
	next.Links = slices.Clone(next.Links)
	switch id {
	case "fault":
		next.Live.Faults = maps.Clone(next.Live.Faults)
		if next.Live.Faults == nil {
			next.Live.Faults = chain.Faults{}
		}
		if err := setFaults(&next, args); err != nil {
			return err
		}
	case "load":
		rate, err := strconv.ParseFloat(args["rate"], 64)
		if err != nil {
			return err
		}
		next.Live.Load = &chain.Load{Rate: rate}
	case "resize", "image", "rollback":
		if err := l.release(&next, id, args); err != nil {
			return err
		}
	default:
		return nil
	}
	if id == "image" && d.Wait {
		return errors.New("waited for an image that never comes")
	}
	l.snap = &next
	select {
	case <-l.snapshots: // a slow reader skips some
	default:
	}
	l.snapshots <- l.snap
	return nil
}

func setFaults(s *state.Snapshot, args action.Args) error {
	latency, err := time.ParseDuration(cmp.Or(args["latency"], "0s"))
	if err != nil {
		return err
	}
	f := chain.Fault{Latency: chain.Duration(latency)}
	if args["error-rate"] != "" {
		f.ErrorRate, f.Status = 1, 503
	}
	for i := range s.Links {
		name := s.Links[i].Service
		if !slices.Contains(strings.Fields(args["links"]), strconv.Itoa(i)) {
			continue
		}
		s.Live.Faults[name], s.Links[i].Fault = f, f
		if f.IsZero() {
			delete(s.Live.Faults, name)
		}
	}
	return nil
}

// release makes the Spec of the next release, and the links that it wants.
func (l *Living) release(s *state.Snapshot, id string, args action.Args) error {
	r := s.Releases[0]
	spec := r.Spec.Clone()
	number, _ := strconv.Atoi(args["to"] + args["instances"])
	switch id {
	case "resize":
		spec.Resize(number)
	case "image":
		i, err := strconv.Atoi(args["links"])
		if err != nil {
			return err
		}
		spec.Links[i].Image = args["chain-link-image"]
	case "rollback":
		at := slices.IndexFunc(s.Releases, func(r chain.Release) bool { return r.Number == number })
		if at < 0 {
			return fmt.Errorf("there is no release %d", number)
		}
		spec = s.Releases[at].Spec.Clone()
	}
	s.Releases = slices.Insert(slices.Clone(s.Releases), 0,
		chain.Release{Number: r.Number + 1, Spec: spec, Action: id, Author: "dev", Outcome: chain.Healthy})
	s.Live.Order = spec.Order()
	s.Links = s.Links[:0:0]
	for i := range spec.Links {
		one := link(i)
		one.Fault = s.Live.Faults[one.Service]
		if spec.Links[i].Image != "" {
			old := one.Pods[0]
			fail(&one)
			old.Current, old.Owner, old.Name = false, one.Name+"-5b8d6c4f77", one.Name+"-5b8d6c4f77-"+hashes[(i+3)%len(hashes)]
			one.Image, one.Pods, one.ReadyPods, one.Endpoints = spec.Links[i].Image, append(one.Pods, old), 1, 1
			one.Message = "container chain-link can't pull " + one.Image + ": not found"
		}
		s.Links = append(s.Links, one)
	}
	return nil
}
