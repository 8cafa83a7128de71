package write

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/chain"
)

// SetFaults sets the fault of the links, or of all when none is given; the zero Fault clears it. It makes no release.
func SetFaults(links []int, fault chain.Fault) Intent {
	return Intent{Action: words("fault " + linkList(links) + ": " + fault.String()), Live: func(l *chain.Live) error {
		if err := fault.Validate(); err != nil {
			return err
		}
		chosen := links
		if len(links) == 0 {
			chosen = make([]int, len(l.Order))
			for i := range chosen {
				chosen[i] = i
			}
		}
		faults := make(chain.Faults, len(l.Faults)+len(chosen))
		for name, f := range l.Faults {
			faults[name] = f
		}
		for _, i := range chosen {
			if i < 0 || i >= len(l.Order) {
				return fmt.Errorf("link %d is not in the chain: its links are 0 to %d", i, len(l.Order)-1)
			}
			faults[l.Order[i]] = fault
			if fault.IsZero() {
				delete(faults, l.Order[i])
			}
		}
		l.Faults = faults
		return nil
	}}
}

// SetLoad changes what the load generator does. It makes no release.
func SetLoad(change func(*chain.Load)) Intent {
	return Intent{Action: words("load"), Live: func(l *chain.Live) error {
		load := chain.Load{Rate: chain.DefaultRate}
		if l.Load != nil {
			load = *l.Load
		}
		change(&load)
		if err := load.Validate(); err != nil {
			return err
		}
		l.Load = &load
		return nil
	}}
}
