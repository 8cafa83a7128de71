package session

import (
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func TestTheLastWordOfTheLoadGenerator(t *testing.T) {
	var h heard
	now := time.Now()
	one, two := &chain.LoadState{}, &chain.LoadState{}
	for i, step := range []struct {
		load  *chain.LoadState
		after time.Duration
		phase state.Phase
		want  *chain.LoadState
	}{
		{nil, 0, state.Live, nil},
		{one, 0, state.Live, one},
		{nil, 3 * time.Second, state.Live, one}, // the API server may be gone
		{nil, time.Minute, state.Stale, one},    // it is
		{nil, 0, state.Live, nil},               // it is back, and the load generator still says nothing
		{two, 0, state.Live, two},
		{nil, unheard, state.Live, nil},
	} {
		now = now.Add(step.after)
		if got := h.or(step.load, now, step.phase); got != step.want {
			t.Errorf("step %d: %p, want %p", i, got, step.want)
		}
	}
}

func TestWhatIsNoLoadStateIsNone(t *testing.T) {
	if got, err := loadState(strings.NewReader("<html>")); got != nil || err == nil {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := loadState(strings.NewReader("{}")); got == nil || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// A request that takes ten seconds began ten seconds before its trace can be asked for.
func TestPollsLookBackByWhatRequestsTake(t *testing.T) {
	slow := func(ms float64) *chain.LoadState { return &chain.LoadState{Recent: chain.LoadStats{Max: ms}} }
	for _, test := range []struct {
		load *chain.LoadState
		want time.Duration
	}{
		{slow(0), lookback}, {slow(5), lookback + 5*time.Millisecond}, {slow(10_092), lookback + 10_092*time.Millisecond},
		{slow(1e9), lookback + longest}, {nil, lookback + unknown},
	} {
		if got := since(test.load); got != test.want {
			t.Errorf("%+v: %v, want %v", test.load, got, test.want)
		}
	}
}
