package link

import (
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

func faulty(n int, faults chain.Faults) chain.Live {
	return chain.Live{Order: chain.NewOrder(n), Faults: faults}
}

func TestErrorFaultAnswersWithoutCallingOn(t *testing.T) {
	c := startChain(t, 3, faulty(3, chain.Faults{"chain-link-service-1": {ErrorRate: 1, Status: 503}}), nil)
	resp, body := c.get(0, "/")
	if want := `{"message": "chain-link-service-1 fails on purpose: errors=100% status=503"}`; resp.status != 503 || body != want {
		t.Errorf("got %d %s, want 503 %s", resp.status, body, want)
	}
	if n := c.links[2].State().Requests; n != 0 {
		t.Errorf("the link behind it got %d requests", n)
	}
	for _, spans := range c.traces(3) {
		for _, s := range spans {
			atFault := s.LocalEndpoint.ServiceName == "chain-link-service-1"
			if s.Tags["error"] == "" || s.Tags["http.status_code"] != "503" || (s.Tags[chain.FaultTag] != "") != atFault {
				t.Errorf("%s of %s has tags %v", s.Kind, s.LocalEndpoint.ServiceName, s.Tags)
			}
			if atFault && (s.Tags[chain.FaultTag] != "errors=100% status=503" || !strings.HasPrefix(s.Tags["error"], "fault: ")) {
				t.Errorf("tags %v", s.Tags)
			}
		}
	}
	if _, body := c.get(1, "/metrics"); !strings.Contains(body, `chain_link_faults_total{kind="error"} 1`) {
		t.Error("the metrics do not count the fault")
	}
}

func TestLatencyFault(t *testing.T) {
	const added = 150 * time.Millisecond
	c := startChain(t, 2, faulty(2, chain.Faults{
		"chain-link-service-0": {Latency: chain.Duration(added)},
		"chain-link-service-1": {Sleep: chain.Duration(added), SleepRate: 1},
	}), nil)
	began := time.Now()
	if resp, _ := c.get(0, "/"); resp.status != 200 {
		t.Errorf("got %d", resp.status)
	}
	if took := time.Since(began); took < 2*added {
		t.Errorf("took %v, want at least %v", took, 2*added)
	}
	for _, spans := range c.traces(3) {
		for _, s := range spans {
			if s.Tags["error"] != "" {
				t.Errorf("a slow request is no error: %v", s.Tags)
			}
		}
	}
}

// A slow tail gives one 504 at the head, in time, which names the place; no link is left waiting.
func TestSlowTailIsOne504(t *testing.T) {
	const timeout = 400 * time.Millisecond
	c := startChain(t, 5, faulty(5, chain.Faults{"chain-link-service-4": {Latency: chain.Duration(time.Minute)}}),
		func(_ int, o *Options) { o.Timeout = timeout })
	began := time.Now()
	resp, body := c.get(0, "/")
	if resp.status != 504 || !strings.HasPrefix(body, `{"message": "chain-link-service-`) || !strings.Contains(body, "the request's time was up") {
		t.Errorf("got %d %s", resp.status, body)
	}
	if took := time.Since(began); took > 30*time.Second { // far less than the fault
		t.Errorf("took %v of %v", took, timeout)
	}
	for i, l := range c.links {
		eventually(t, func() bool { return l.metrics.inFlight.Load() == 0 }, "the end of all requests")
		if n := l.metrics.requests.Load(); n != 1 {
			t.Errorf("link %d got %d requests, want 1", i, n)
		}
	}
}

func TestCallersTimeIsKept(t *testing.T) {
	c := startChain(t, 2, faulty(2, chain.Faults{"chain-link-service-1": {Latency: chain.Duration(time.Minute)}}), nil)
	began := time.Now()
	resp, _ := c.get(0, "/", TimeoutHeader, "100")
	if took := time.Since(began); resp.status != 504 || took < 90*time.Millisecond || took > 30*time.Second {
		t.Errorf("got %d after %v", resp.status, took)
	}
	if resp, _ := c.get(0, "/", TimeoutHeader, "0"); resp.status != 504 {
		t.Errorf("no time left: got %d", resp.status)
	}
	if got := timeLeft(map[string][]string{TimeoutHeader: {"99999"}}, time.Second); got != time.Second {
		t.Errorf("a caller that gives more than our own timeout gets %v", got)
	}
}

// Lists that disagree can make a circle, though none of them has one.
func TestCircleIsRefused(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, func(i int, o *Options) {
		if i == 1 {
			backwards := chain.Live{Order: chain.Order{"chain-link-service-1", "chain-link-service-0"}}
			o.ConfigDir = mount(t, backwards)
		}
	})
	resp, body := c.get(0, "/")
	if resp.status != 508 || !strings.Contains(body, "goes round in a circle") {
		t.Errorf("got %d %s", resp.status, body)
	}
	if n := c.links[0].metrics.requests.Load() + c.links[1].metrics.requests.Load(); n > 4 {
		t.Errorf("it took %d requests to notice", n)
	}
}
