package chain

import (
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/page"
)

func run(m *motion, hops []hop, rate float64, frames int) {
	for range frames {
		m.step(hops, rate)
	}
}

func TestMarksWalkToTheTailAndRest(t *testing.T) {
	m := &motion{}
	hops := []hop{{length: 4}, {length: 4, self: 100}, {length: 4}}
	run(m, hops, 1, 3)
	if len(m.marks) == 0 {
		t.Fatal("no request entered")
	}
	if m.step(hops, 0); len(m.marks) == 0 {
		t.Fatal("requests on their way vanish when the load stops")
	}
	run(m, hops, 0, 60)
	if len(m.marks) != 0 || m.step(hops, 0) {
		t.Errorf("%d marks left, and it still moves: rest must cost nothing", len(m.marks))
	}
}

func TestAFailingHopLetsNothingThrough(t *testing.T) {
	for name, bad := range map[string]hop{"fails": {length: 4, errors: 1}, "closed": {length: 4, closed: true}} {
		m := &motion{}
		hops := []hop{{length: 4}, bad, {length: 4}}
		failed := false
		for range 200 {
			m.step(hops, 5)
			for _, k := range m.marks {
				if k.link == 2 {
					t.Fatalf("%s: a request passed", name)
				}
				failed = failed || k.link == 1 && k.failed > 0
			}
		}
		if !failed {
			t.Errorf("%s: nobody sees it fail", name)
		}
	}
}

func TestMarksAreBounded(t *testing.T) {
	m := &motion{}
	for range 2000 {
		m.step([]hop{{length: 400, self: 60_000}}, 100_000)
	}
	if len(m.marks) > maxMarks {
		t.Errorf("%d marks", len(m.marks))
	}
}

func TestALongChainSurvivesGettingShort(t *testing.T) {
	m := &motion{}
	run(m, []hop{{length: 2}, {length: 2}, {length: 2}}, 8, 20)
	run(m, []hop{{length: 2}}, 8, 5)
	run(m, nil, 8, 5)
}

// A chain that grows has links that nothing calls until all of them are ready: no request is seen to fail there.
func TestMarksWalkThePublishedOrder(t *testing.T) {
	snap := &state.Snapshot{Links: make([]state.Link, 3)}
	for i := range snap.Links {
		snap.Links[i].Service = chain.ServiceName(i)
	}
	p := &Page{lay: layout{arrows: make([][]point, 3)}}
	w := &page.World{Snap: snap, Traffic: &feed.Traffic{}}
	for _, test := range []struct {
		order chain.Order
		want  int
	}{
		{chain.Order{chain.ServiceName(0), chain.ServiceName(1)}, 2},
		{nil, 3}, // not known
	} {
		snap.Live.Order = test.order
		if got := len(p.hops(w)); got != test.want {
			t.Errorf("order %v: %d hops, want %d", test.order, got, test.want)
		}
	}
}
