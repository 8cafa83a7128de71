package traffic

import (
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// What is no longer among the newest is kept as a point for a minute, once, whatever a collector sends again.
func TestThePastIsAMinute(t *testing.T) {
	m := NewMeter()
	poll := func(from, to int) *Traffic { // 50 requests a second
		m.Add(lists(to-from, func(i int) zipkin.List {
			return walk(from+i, began+int64(from+i)*20_000, 2, -1, 0, (from+i)%10-9)
		}))
		return m.Read(chain.NewOrder(2), nil)
	}
	first := poll(0, Recent)
	if len(first.Past) != 0 {
		t.Errorf("%d points while there are none but the newest", len(first.Past))
	}
	second := poll(0, Recent+50)
	poll(0, Recent+50)
	if got := m.Read(chain.NewOrder(2), nil).Past; len(got) != 50 || got[0].At != time.UnixMicro(began) || !got[9].Failed || got[8].Failed {
		t.Errorf("%d points", len(got))
	}
	last := second
	for n := Recent + 50; n < 5000; n += 50 {
		last = poll(n, n+50)
	}
	if got := last.Past; len(got) != 60*50-Recent+1 || got[len(got)-1].At.Sub(got[0].At) != 2899*20*time.Millisecond+20*time.Millisecond {
		t.Errorf("%d points, from %v to %v", len(got), got[0].At, got[len(got)-1].At)
	}
	if len(second.Past) != 50 || second.Past[0].At != time.UnixMicro(began) {
		t.Errorf("what was read before has become %d points", len(second.Past))
	}
}
