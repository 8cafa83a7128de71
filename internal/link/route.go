package link

import (
	"net/url"
	"slices"

	"github.com/openzipkin/zipkin-go/model"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/fault"
	"github.com/chaintui/chaintui/internal/link/live"
)

// route is what a request needs to know of the settings in force, worked out once for all of them.
type route struct {
	settings live.Settings
	index    int // in the order, -1 when not listed
	length   int
	listed   map[string]bool
	next     string // empty at the tail
	url      *url.URL
	current  []string // value of X-Current-Service for the call
	remote   *model.Endpoint
	fault    chain.Fault
	words    string // of the fault, empty without one
	dice     *fault.Dice
}

// newRoute derives the route of the link self. The dice go on as they are while the fault stays the same, so that a
// seeded sequence does not begin again with each change elsewhere.
func newRoute(s live.Settings, self string, before *route) *route {
	r := &route{settings: s, index: slices.Index(s.Order, self), length: len(s.Order), listed: map[string]bool{self: true}}
	for _, name := range s.Order {
		r.listed[name] = true
	}
	if next, ok := s.Order.Next(self); ok {
		r.next = next
		r.url = &url.URL{Scheme: "http", Host: next, Path: forwardPath}
		r.current = []string{next}
		r.remote = &model.Endpoint{ServiceName: next}
	}
	r.fault = s.Faults[self]
	if !r.fault.IsZero() {
		r.words = r.fault.String()
	}
	if before != nil && before.fault == r.fault {
		r.dice = before.dice
	} else {
		r.dice = fault.NewDice(r.fault)
	}
	return r
}
