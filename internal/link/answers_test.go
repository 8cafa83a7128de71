package link

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
)

// What the original answers, byte for byte.
func TestAnswersAreTheOriginals(t *testing.T) {
	c := startChain(t, 3, chain.Live{}, nil)
	final := `{"message": "You have reached the final chain link chain-link-service-2"}`
	for _, tc := range []struct {
		name, method string
		link         int
		path         string
		headers      []string
		status       int
		body         string
	}{
		{"head", "GET", 0, "/", nil, 200, final},
		{"middle", "GET", 1, "/forward", []string{"X-Current-Service", "chain-link-service-1"}, 200, final},
		{"tail", "GET", 2, "/forward", []string{"X-Current-Service", "chain-link-service-2"}, 200, final},
		{"tail without header", "GET", 2, "/", nil, 200, final},
		{"own identity counts, not a listed header", "GET", 1, "/forward", []string{"X-Current-Service", "chain-link-service-2"}, 200, final},
		{"post", "POST", 0, "/", nil, 200, final},
		{"unlisted service", "GET", 1, "/forward", []string{"X-Current-Service", "chain-link-service-7"}, 400, `{"message": "Invalid service"}`},
		{"readiness", "GET", 0, "/readiness", nil, 200, `{"message": "ok"}`},
		{"livez", "GET", 0, "/livez", nil, 200, `{"message": "ok"}`},
		{"elsewhere", "GET", 0, "/nothing", nil, 404, `{"message": "Not found"}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c.t = t
			resp, body := c.do(tc.method, tc.link, tc.path, tc.headers...)
			if resp.status != tc.status || body != tc.body {
				t.Errorf("got %d %s, want %d %s", resp.status, body, tc.status, tc.body)
			}
			if got := resp.header["Content-Type"]; !slices.Equal(got, []string{"application/json"}) {
				t.Errorf("content type %q, want application/json", got)
			}
			if resp.length != int64(len(tc.body)) {
				t.Errorf("content length %d, want %d", resp.length, len(tc.body))
			}
		})
	}
}

func TestHeadRequestHasNoBody(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, nil)
	if resp, body := c.do(http.MethodHead, 0, "/"); resp.status != 200 || body != "" {
		t.Errorf("got %d %q", resp.status, body)
	}
}

// A link that is not in its own list, because the chain is being resized, is a tail; its own name is valid all the same.
func TestUnlistedLinkIsTail(t *testing.T) {
	c := startChain(t, 3, chain.Live{Order: chain.NewOrder(2)}, nil)
	resp, body := c.get(2, "/forward", "X-Current-Service", "chain-link-service-2")
	if want := `{"message": "You have reached the final chain link chain-link-service-2"}`; resp.status != 200 || body != want {
		t.Errorf("got %d %s, want 200 %s", resp.status, body, want)
	}
	if s := c.links[2].State(); s.Index != -1 || s.Length != 2 || s.Next != "" {
		t.Errorf("state %+v", s)
	}
}

func TestState(t *testing.T) {
	live := chain.Live{Order: chain.NewOrder(3), Faults: chain.Faults{"chain-link-service-1": {ErrorRate: 1, Status: 503}}}
	c := startChain(t, 3, live, nil)
	c.get(1, "/")
	s := c.links[1].State()
	if s.Service != "chain-link-service-1" || s.Index != 1 || s.Next != "chain-link-service-2" || s.Length != 3 ||
		s.Config != chain.Digest(live.Data()) || s.Loaded.IsZero() || s.Error != "" || s.Fault.Status != 503 ||
		s.Requests != 1 || s.Failed != 1 || s.Version != "test" || s.Pod != "pod-chain-link-service-1" {
		t.Errorf("state %+v", s)
	}
	if _, body := c.get(1, "/state"); !strings.Contains(body, `"config":"`+s.Config+`"`) {
		t.Errorf("/state answers %s", body)
	}
}

func TestMetrics(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, nil)
	c.get(0, "/")
	c.get(1, "/", "X-Current-Service", "other")
	for i, want := range []string{`chain_link_requests_total{code="200"} 1`, `chain_link_requests_total{code="400"} 1`} {
		if _, body := c.get(i, "/metrics"); !strings.Contains(body, want+"\n") || !strings.Contains(body, "chain_link_config_last_reload_successful 1\n") {
			t.Errorf("no %s in the metrics of link %d:\n%s", want, i, body)
		}
	}
}

func TestTooManyAtOnce(t *testing.T) {
	slow := chain.Live{Order: chain.NewOrder(1), Faults: chain.Faults{"chain-link-service-0": {Latency: chain.Duration(300e6)}}}
	c := startChain(t, 1, slow, func(_ int, o *Options) { o.MaxInFlight = 1 })
	first := make(chan int)
	go func() { resp, _ := c.get(0, "/"); first <- resp.status }()
	eventually(t, func() bool { return c.links[0].metrics.inFlight.Load() == 1 }, "the first request")
	if resp, body := c.get(0, "/"); resp.status != 503 || body != `{"message": "too many requests at once"}` {
		t.Errorf("got %d %s", resp.status, body)
	}
	if status := <-first; status != 200 {
		t.Errorf("the first request got %d", status)
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	for name, o := range map[string]Options{
		"no service": {}, "sample rate": {Service: "a", SampleRate: 2}, "access log": {Service: "a", AccessLog: "some"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
