package traffic

import (
	"fmt"
	"math"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

const began = int64(1_795_243_771_000_000) // µs

// walk is a trace through n links that each take 1 ms, but link slow takes more; it fails at link bad, -1 for none.
func walk(id int, at int64, n, slow int, extra int64, bad int) zipkin.List {
	if bad >= 0 {
		n = bad + 1
	}
	var spans []zipkin.Span
	trace := fmt.Sprintf("%032x", id+1)
	for i := range n {
		duration := int64(n-i) * 1000
		if i <= slow {
			duration += extra
		}
		s := zipkin.Span{TraceID: trace, ID: fmt.Sprintf("%016x", i+1), Kind: zipkin.Server, Name: "get /forward",
			Timestamp: at + int64(i)*500, Duration: duration, LocalEndpoint: &zipkin.Endpoint{ServiceName: chain.ServiceName(i)}}
		if i > 0 {
			s.ParentID = fmt.Sprintf("%016x", i)
		}
		if bad >= 0 {
			s.Tags = map[string]string{"error": "503", "http.status_code": "503"}
		}
		spans = append(spans, s)
	}
	return zipkin.Of(spans)
}

func lists(count int, make func(i int) zipkin.List) (out []zipkin.List) {
	for i := range count {
		out = append(out, make(i))
	}
	return out
}

// read adds the lists twice, so that they are settled.
func read(t *testing.T, n int, load *chain.LoadState, l []zipkin.List) *Traffic {
	t.Helper()
	m := NewMeter()
	m.Add(l)
	if first := m.Read(chain.NewOrder(n), load); first.Traces != 0 {
		t.Errorf("%d traces counted that may still be arriving", first.Traces)
	}
	m.Add(l)
	return m.Read(chain.NewOrder(n), load)
}

// A collector may be shared: what another application does there in the meantime is not the chain's.
func TestTracesOfOthersAreNotTheChains(t *testing.T) {
	l := lists(10, func(i int) zipkin.List { return walk(i, began+int64(i)*200_000, 3, -1, 0, -1) })
	l = append(l, lists(60, func(i int) zipkin.List {
		list := walk(100+i, began+3_000_000+int64(i)*10_000, 2, -1, 0, -1)
		for k := range list.Spans {
			list.Spans[k].LocalEndpoint = &zipkin.Endpoint{ServiceName: "of-another"}
		}
		return list
	})...)
	got := read(t, 3, nil, l)
	if got.Traces != 10 || len(got.Recent) != 70 {
		t.Errorf("%d of %d traces", got.Traces, len(got.Recent))
	}
	for name, link := range got.Links {
		if link.Idle || link.Requests != 10 {
			t.Errorf("%s: %+v", name, link)
		}
	}
}

func TestOneSlowLinkIsNamed(t *testing.T) {
	got := read(t, 4, nil, lists(20, func(i int) zipkin.List { return walk(i, began+int64(i)*200_000, 4, 2, 150_000, -1) }))
	for i := range 4 {
		l := got.Links[chain.ServiceName(i)]
		if l.Slow != (i == 2) || l.Origin || l.Idle || l.Requests != 20 {
			t.Errorf("link %d: %+v", i, l)
		}
	}
	if why := got.Links[chain.ServiceName(2)].Why; why != "its own time is 151 ms of the 154 ms median" {
		t.Errorf("why: %s", why)
	}
	if rate := got.Links[chain.ServiceName(0)].Rate; math.Abs(rate-5) > 0.5 {
		t.Errorf("rate %v; want about 5 by the traces' own times", rate)
	}
}

func TestTheSlowOneOfTwoIsNamed(t *testing.T) {
	for slow := range 2 {
		got := read(t, 2, nil, lists(20, func(i int) zipkin.List { return walk(i, began+int64(i)*200_000, 2, slow, 150_000, -1) }))
		for i := range 2 {
			if l := got.Links[chain.ServiceName(i)]; l.Slow != (i == slow) {
				t.Errorf("link %d of a chain whose link %d is slow: %+v", i, slow, l)
			}
		}
	}
}

func TestEvenChainHasNoSlowLink(t *testing.T) {
	got := read(t, 4, nil, lists(10, func(i int) zipkin.List { return walk(i, began+int64(i)*200_000, 4, -1, 0, -1) }))
	for name, l := range got.Links {
		if l.Slow || l.Why != "" {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestFailureStandsOutWhereItBegins(t *testing.T) {
	load := &chain.LoadState{Recent: chain.LoadStats{Rate: 10}}
	got := read(t, 4, load, lists(10, func(i int) zipkin.List { return walk(i, began+int64(i)*200_000, 4, -1, 0, 2) }))
	at := func(i int) Link { return got.Links[chain.ServiceName(i)] }
	if !at(2).Origin || at(2).Why != "all of its newest 10 requests fail here with 503; links before it pass that on" {
		t.Errorf("link 2: %+v", at(2))
	}
	if at(1).Origin || at(1).Errors != 1 {
		t.Errorf("link 1: %+v", at(1))
	}
	if !at(3).Idle || at(3).Why != "nothing reaches it: requests fail at link 2" {
		t.Errorf("link 3: %+v", at(3))
	}
	if at(0).Rate != 10 {
		t.Errorf("link 0: rate %v; want the load generator's", at(0).Rate)
	}
}

func TestMeterKeepsTheNewestAndForgetsTheRest(t *testing.T) {
	m := NewMeter()
	for round := range 5 {
		m.Add(lists(60, func(i int) zipkin.List {
			return walk(round*60+i, began+int64(round*60+i)*200_000, 3, -1, 0, -1)
		}))
	}
	m.Add(nil)
	got := m.Read(chain.NewOrder(3), nil)
	if got.Traces != Recent || len(m.held) != Recent {
		t.Errorf("%d traces, %d held; want %d", got.Traces, len(m.held), Recent)
	}
	series := got.Links[chain.ServiceName(1)].Series
	known := 0
	for _, v := range series {
		if !math.IsNaN(v) {
			known++
		}
	}
	if len(series) != points || known < 20 || known > 21 { // 300 traces at 5/s are 60 s, 20 or 21 intervals
		t.Errorf("%d of %d points known; want about 20 of %d", known, len(series), points)
	}
	for round := range 40 { // 240 s more: the series move on, and do not grow
		m.Add(lists(30, func(i int) zipkin.List {
			return walk(300+round*30+i, began+int64(300+round*30+i)*200_000, 3, -1, 0, -1)
		}))
	}
	if n := len(m.series[chain.ServiceName(1)]); n > points {
		t.Errorf("%d intervals kept; want at most %d", n, points)
	}
}

func TestTraceThatGrowsIsNotCountedBeforeItIsWhole(t *testing.T) {
	m := NewMeter()
	whole := walk(1, began, 3, -1, 0, -1)
	m.Add([]zipkin.List{zipkin.Of(whole.Spans[:1])})
	m.Add([]zipkin.List{whole})
	if got := m.Read(chain.NewOrder(3), nil); got.Traces != 0 || len(got.Recent) != 1 {
		t.Errorf("counted %d, recent %d; want 0 and 1", got.Traces, len(got.Recent))
	}
	m.Add([]zipkin.List{whole})
	if got := m.Read(chain.NewOrder(3), nil); got.Traces != 1 || got.Spans != 3 {
		t.Errorf("counted %d traces, %d spans; want 1 and 3", got.Traces, got.Spans)
	}
}
