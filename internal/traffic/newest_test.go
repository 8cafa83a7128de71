package traffic

import (
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// since is what is judged of a chain of four links when the newest k of 100 requests, at rate per second, walked as now
// has it, and those before as before has it.
func since(k int, rate int64, before, now func(id int, at int64) zipkin.List) func(link int) Link {
	var settled []*traces.Trace
	for i := range 100 {
		walked := before
		if i < k {
			walked = now
		}
		settled = append(settled, traces.BuildList(walked(i, began-int64(i)*1_000_000/rate)))
	}
	links := Judge(chain.NewOrder(4), settled, nil)
	return func(i int) Link { return links[chain.ServiceName(i)] }
}

func well(id int, at int64) zipkin.List  { return walk(id, at, 4, -1, 0, -1) }
func slow(id int, at int64) zipkin.List  { return walk(id, at, 4, 2, 150_000, -1) }
func fails(id int, at int64) zipkin.List { return walk(id, at, 4, -1, 0, 2) }

// sometimes fails in the newest of so many requests.
func sometimes(every int) func(int, int64) zipkin.List {
	return func(id int, at int64) zipkin.List {
		if id%every == 0 {
			return fails(id, at)
		}
		return well(id, at)
	}
}

func TestVerdictFollowsAFault(t *testing.T) {
	for _, c := range []struct {
		name                string
		k                   int
		rate                int64
		before, now         func(int, int64) zipkin.List
		slow, failing, idle bool // slow and failing of link 2, idle of link 3
	}{
		{"one odd request at 5/s", 1, 5, well, slow, false, false, false},
		{"slow for 2.2 s at 5/s", 11, 5, well, slow, true, false, false},
		{"slow for 5 s at 1/s", 5, 1, well, slow, true, false, false},
		{"slow for three of the rarest requests", 3, 1, func(id int, at int64) zipkin.List { return well(id, at-60_000_000*int64(id)) }, func(id int, at int64) zipkin.List { return slow(id, at-60_000_000*int64(id)) }, true, false, false},
		{"no longer slow for 2.2 s", 11, 5, slow, well, false, false, false},
		{"fails once", 1, 5, well, fails, false, true, false},
		{"fails three times", 3, 5, well, fails, false, true, true},
		{"no longer fails, once", 1, 5, fails, well, false, true, false},
		{"no longer fails, three times", 3, 5, fails, well, false, false, false},
		{"fails often, but not always", 100, 5, nil, func(id int, at int64) zipkin.List {
			if id%10 == 9 {
				return well(id, at)
			}
			return fails(id, at)
		}, false, true, false},
		{"a tenth failed, not the newest 20", 20, 5, sometimes(10), well, false, true, false},
		{"a tenth failed, not the newest 70", 70, 5, sometimes(10), well, false, false, false},
		{"half failed, not the newest 7", 7, 5, sometimes(2), well, false, true, false},
		{"half failed, not the newest 12", 12, 5, sometimes(2), well, false, false, false},
		{"fails rarely, not the newest 40", 40, 5, sometimes(50), well, false, true, false},
	} {
		at := since(c.k, c.rate, c.before, c.now)
		if got := at(2); got.Slow != c.slow || got.Origin != c.failing {
			t.Errorf("%s: slow %v, failing %v (%s); want %v, %v", c.name, got.Slow, got.Origin, got.Why, c.slow, c.failing)
		}
		if got := at(3); got.Idle != c.idle {
			t.Errorf("%s: link 3 idle %v (%s); want %v", c.name, got.Idle, got.Why, c.idle)
		}
	}
}

func TestNumbersComeFromAll(t *testing.T) {
	got := since(15, 5, well, slow)(2)
	if got.Requests != 100 || got.P50 != 2_000_000 || got.P95 < 150_000_000 { // 85 of 100 took 2 ms
		t.Errorf("%d requests, p50 %v, p95 %v", got.Requests, got.P50, got.P95)
	}
	if want := "its own time is 151 ms of the 154 ms median"; got.Why != want || got.Self.Milliseconds() != 151 {
		t.Errorf("%s, self %v; want %s", got.Why, got.Self, want)
	}
}

func TestShareOfFailuresIsTheNewest(t *testing.T) {
	got := since(20, 5, well, fails)(2)
	if want := "all of its newest 20 requests fail here with 503; links before it pass that on"; got.Why != want || got.Errors != 0.2 {
		t.Errorf("%s, errors %v; want %s", got.Why, got.Errors, want)
	}
}
