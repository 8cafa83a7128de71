// Package fault draws what a link does to its requests on purpose.
package fault

import (
	"math/rand/v2"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// Draw is what one request gets. An error is answered at once, without waiting and without calling on.
type Draw struct {
	Error   bool
	Latency time.Duration // added, fixed or by percentiles
	Sleep   time.Duration // the original's random sleep, added too
}

// Dice draws for a fault. It is safe for use by many goroutines.
type Dice struct {
	fault   chain.Fault
	nothing bool
	mu      sync.Mutex
	seeded  *rand.Rand // nil: truly random
}

// NewDice returns the dice for a fault. With a seed, the same sequence of draws comes each time; which request gets
// which of them depends on their order.
func NewDice(f chain.Fault) *Dice {
	d := &Dice{fault: f, nothing: f.IsZero()}
	if f.Seed != 0 {
		d.seeded = rand.New(rand.NewPCG(f.Seed, f.Seed))
	}
	return d
}

// Draw decides for one request. Each rate is a true Bernoulli draw: 0.4 is 40 % of the requests in the long run, with
// no period and no rounding.
func (d *Dice) Draw() Draw {
	if d.nothing {
		return Draw{}
	}
	fail, at, sleep := d.three()
	f := d.fault
	if fail < f.ErrorRate {
		return Draw{Error: true}
	}
	out := Draw{Latency: f.Added(at)}
	if sleep < f.SleepRate {
		out.Sleep = time.Duration(f.Sleep)
	}
	return out
}

// three returns three numbers in [0, 1), always as many, so that a seeded sequence does not depend on the outcomes.
func (d *Dice) three() (a, b, c float64) {
	if d.seeded == nil {
		return rand.Float64(), rand.Float64(), rand.Float64()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seeded.Float64(), d.seeded.Float64(), d.seeded.Float64()
}
