package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

// A chain of two links, the second with two replicas behind a Service, under load. SIGTERM ends one replica, then the
// load, then all: each request is answered with 200, each of its spans is in the collector, and each process exits 0.
// Requests take longer than the delay before the listener closes, so that there are always some in flight when it does.
func TestSigtermUnderLoadLosesNothing(t *testing.T) {
	spans := httptest.NewServer(collector.New(collector.Options{}).Handler())
	defer spans.Close()
	slow := chain.Faults{chain.ServiceName(1): {Latency: chain.Duration(700 * time.Millisecond)}}
	dir := livetest.Mount(t, chain.Live{Order: chain.NewOrder(2), Faults: slow})
	link := func(i int, resolve string) *process {
		return start(t, map[string]string{
			"CHAIN_LINK_SERVICE_NAME": chain.ServiceName(i), "CHAIN_LINK_CONFIG_DIR": dir,
			"CHAIN_LINK_ZIPKIN_URL": spans.URL + "/api/v2/spans", "CHAIN_LINK_DRAIN_DELAY": "500ms", "CHAIN_LINK_RESOLVE": resolve,
		}) // without a command, it serves
	}
	goes, stays := link(1, ""), link(1, "")
	tail := newService(t, goes, stays)
	head := link(0, chain.ServiceName(1)+"="+tail.address)
	load := start(t, map[string]string{"CHAIN_LINK_CONFIG_DIR": "", "CHAIN_LINK_DRAIN_DELAY": "0s", "CHAIN_LINK_RESOLVE": chain.ServiceName(0) + "=" + head.address},
		"load", "--rate", "100", "--jitter")

	requests := func(p *process) uint64 {
		var s chain.LinkState
		resp, err := http.Get("http://" + p.address + "/state")
		if err != nil {
			return 0
		}
		defer resp.Body.Close()
		_ = json.NewDecoder(resp.Body).Decode(&s)
		return s.Requests
	}
	eventually(t, func() bool { return requests(head) > 50 && requests(goes) > 0 && requests(stays) > 0 }, "load")
	goes.signal()
	eventually(t, func() bool { return goes.status("/readiness") == 503 }, "readiness to fail at once")
	if status := goes.status("/"); status != 200 {
		t.Errorf("after SIGTERM a request got %d; it is to be served for a while", status)
	}
	if code := goes.code(); code != 0 {
		t.Errorf("the replica exited %d", code)
	}
	before := requests(head)
	eventually(t, func() bool { return requests(head) > before+100 }, "load after the replica has gone")
	load.signal()
	if code := load.code(); code != 0 {
		t.Errorf("the load generator exited %d", code)
	}
	end := load.logged("load generator has stopped")
	sent, _ := end["sent"].(float64)
	if sent < 150 || end["ok"] != sent || end["failed"] != 0.0 { // what a busy machine skips was never sent
		t.Errorf("the load generator says %v", end)
	}
	for _, p := range []*process{head, stays} {
		p.signal()
		if code := p.code(); code != 0 {
			t.Errorf("a link exited %d", code)
		}
	}
	complete(t, spans.URL, int(sent)+1)
	http.DefaultClient.CloseIdleConnections()
}

// complete checks that there are want traces, of which all but the one sent to a tail alone have three spans.
func complete(t *testing.T, url string, want int) {
	t.Helper()
	resp, err := http.Get(url + "/api/v2/traces?limit=1000000")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var traces [][]struct{ ID string }
	if err := json.NewDecoder(resp.Body).Decode(&traces); err != nil {
		t.Fatal(err)
	}
	lengths := map[int]int{}
	for _, trace := range traces {
		lengths[len(trace)]++
	}
	if got, want := fmt.Sprint(lengths), fmt.Sprint(map[int]int{3: want - 1, 1: 1}); got != want {
		t.Errorf("traces by their number of spans: %s, want %s", got, want)
	}
}

// A second signal does not wait.
func TestSecondSigtermExitsAtOnce(t *testing.T) {
	p := start(t, map[string]string{"CHAIN_LINK_SERVICE_NAME": "a", "CHAIN_LINK_CONFIG_DIR": livetest.Mount(t, chain.Live{Order: chain.Order{"a"}}),
		"CHAIN_LINK_ZIPKIN_URL": "none", "CHAIN_LINK_DRAIN_DELAY": "10m"})
	p.signal()
	eventually(t, func() bool { return p.status("/readiness") == 503 }, "the shutdown")
	p.signal()
	if code := p.code(); code != 143 {
		t.Errorf("exited %d, want 143", code)
	}
}

func TestCollectStopsInOrder(t *testing.T) {
	p := start(t, map[string]string{"CHAIN_LINK_DRAIN_DELAY": "0s"}, "collect")
	if status := p.status("/health"); status != 200 {
		t.Errorf("/health answers %d", status)
	}
	p.signal()
	if code := p.code(); code != 0 {
		t.Errorf("exited %d", code)
	}
}
