package chain

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// OrderKey is the ConfigMap key that holds the order: a JSON array of service names, head first.
const OrderKey = "services.json"

// Order is the chain's service names, head first.
type Order []string

// NewOrder is the order of a chain of n links.
func NewOrder(n int) Order {
	o := make(Order, n)
	for i := range o {
		o[i] = ServiceName(i)
	}
	return o
}

// ParseOrder reads services.json. A chain that names a service twice would send its requests round in a circle, and
// is refused like an empty one. Names need not be ours: a chain may hold links of the original's image under any name.
func ParseOrder(data []byte) (Order, error) {
	var o Order
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, fmt.Errorf("%s: want a JSON array of service names: %w", OrderKey, err)
	}
	if len(o) == 0 {
		return nil, errors.New(OrderKey + ": names no service; a chain has at least one link")
	}
	seen := make(map[string]bool, len(o))
	for i, name := range o {
		if !dns1035(name) {
			return nil, fmt.Errorf("%s: entry %d, %q, is not a Service name", OrderKey, i, name)
		}
		if seen[name] {
			return nil, fmt.Errorf("%s: names %s twice; requests would go round in a circle", OrderKey, name)
		}
		seen[name] = true
	}
	return o, nil
}

// Encode is services.json for this order, as the original writes it: one line.
func (o Order) Encode() string {
	data, _ := json.Marshal([]string(o)) // strings always marshal
	return string(data)
}

// Next is the service that follows self. ok is false for the tail, and for a service that is not listed: while a
// chain is being resized, a link that is not in its own list yet, or no longer, answers as the tail.
func (o Order) Next(self string) (next string, ok bool) {
	i := slices.Index(o, self)
	if i < 0 || i+1 >= len(o) {
		return "", false
	}
	return o[i+1], true
}
