package dialog

import (
	"math"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/fault"
)

func ms(n int) chain.Duration { return chain.Duration(time.Duration(n) * time.Millisecond) }

// What is drawn is what links draw.
func TestPictureIsTrue(t *testing.T) {
	const draws, steps = 20_000, 40
	for _, f := range []chain.Fault{
		{Latency: ms(150)}, {P50: ms(50), P90: ms(120), P99: ms(300)}, {P99: ms(80)}, {P50: ms(10)},
	} {
		f.Seed = 7
		top := round(f.Added(1) * 21 / 20)
		dice, drawn := fault.NewDice(f), make([]float64, steps)
		for range draws {
			drawn[int(dice.Draw().Latency*steps/top)] += 1000.0 / draws
		}
		for i, n := range distribution(f, top, steps) {
			if math.Abs(n-drawn[i]) > 15 {
				t.Errorf("%v, step %d of %v: %v of 1000; links draw %v", f, i, top, n, drawn[i])
			}
		}
	}
}

func TestAxisEndsAtARoundNumber(t *testing.T) {
	for d, want := range map[time.Duration]time.Duration{
		150 * time.Millisecond: 200 * time.Millisecond, 201 * time.Millisecond: 500 * time.Millisecond,
		time.Minute: 100 * time.Second, 3 * time.Microsecond: 5 * time.Microsecond, time.Second: time.Second,
	} {
		if got := round(d); got != want {
			t.Errorf("%v: %v; want %v", d, got, want)
		}
	}
}
