package fault

import (
	"math"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/chain"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Rates are what they say: within five standard deviations, and with no period.
func TestErrorRateIsABernoulliDraw(t *testing.T) {
	const n = 200_000
	for _, rate := range []float64{0, 0.0001, 0.3, 0.4, 0.5, 0.6, 0.9, 1} {
		d := NewDice(chain.Fault{ErrorRate: rate, Seed: 7})
		errors, again, last := 0, 0, false
		for range n {
			now := d.Draw().Error
			if now {
				errors++
			}
			if now && last {
				again++
			}
			last = now
		}
		within(t, "errors", rate, errors, rate, n)
		within(t, "errors after an error", rate, again, rate*rate, n) // draws do not know of each other
	}
}

func within(t *testing.T, what string, rate float64, got int, p float64, n float64) {
	t.Helper()
	tolerance := 5*math.Sqrt(n*p*(1-p))*1.5 + 1 // neighbours overlap, and the first has none
	if math.Abs(float64(got)-p*n) > tolerance {
		t.Errorf("rate %v: %d %s in %.0f, want %.0f ± %.0f", rate, got, what, n, p*n, tolerance)
	}
}

func TestUnseededRate(t *testing.T) {
	d := NewDice(chain.Fault{ErrorRate: 0.4})
	errors := 0
	for range 100_000 {
		if d.Draw().Error {
			errors++
		}
	}
	within(t, "errors", 0.4, errors, 0.4, 100_000)
}

func TestPercentiles(t *testing.T) {
	f := chain.Fault{P50: ms(10), P90: ms(50), P99: ms(200), Seed: 1}
	d := NewDice(f)
	const n = 100_000
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = d.Draw().Latency
	}
	slices.Sort(all)
	for _, tc := range []struct{ at, want, tolerance float64 }{{.25, 5, .3}, {.5, 10, .5}, {.7, 30, 1.5}, {.9, 50, 3}, {.99, 200, 3}} {
		got := float64(all[int(tc.at*n)]) / 1e6
		if math.Abs(got-tc.want) > tc.tolerance {
			t.Errorf("quantile %v is %.1f ms, want %v", tc.at, got, tc.want)
		}
	}
	if all[0] < 0 || all[n-1] != 200*time.Millisecond {
		t.Errorf("from %v to %v", all[0], all[n-1])
	}
}

func TestMissingPercentilesAreTheOneBelow(t *testing.T) {
	for f, want := range map[chain.Fault]time.Duration{
		{P50: ms(10)}:             10 * time.Millisecond,
		{P99: ms(10)}:             10 * time.Millisecond,
		{P50: ms(10), P90: ms(5)}: 10 * time.Millisecond,
	} {
		if got := f.Added(0.999); got != want {
			t.Errorf("%v: slowest is %v, want %v", f, got, want)
		}
	}
	if got := (chain.Fault{P99: ms(10)}).Added(0.9); got != 0 {
		t.Errorf("with p99 alone, nine in ten are not slowed: %v", got)
	}
}

func TestSeedRepeats(t *testing.T) {
	draw := func(seed uint64) (all []Draw) {
		d := NewDice(chain.Fault{P50: ms(10), ErrorRate: .3, Sleep: ms(5), SleepRate: .2, Seed: seed})
		for range 100 {
			all = append(all, d.Draw())
		}
		return all
	}
	if !slices.Equal(draw(1), draw(1)) || slices.Equal(draw(1), draw(2)) {
		t.Error("the same seed gives the same draws, another one others")
	}
}

func TestNothing(t *testing.T) {
	if got := NewDice(chain.Fault{Seed: 3, Status: 503}).Draw(); got != (Draw{}) {
		t.Errorf("a fault that does nothing draws %+v", got)
	}
}

func ms(n int) chain.Duration { return chain.Duration(time.Duration(n) * time.Millisecond) }
