package load

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/conns"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// generate runs a generator against the handler until end is called, or the test ends.
func generate(t *testing.T, head http.HandlerFunc, o Options) (g *Generator, address string, end func()) {
	t.Helper()
	server := httptest.NewServer(head)
	t.Cleanup(server.Close)
	if o.Target == "" {
		o.Target = "http://chain-link-service-0/"
	}
	if o.Dial == nil {
		o.Dial = conns.Resolve(map[string]string{"chain-link-service-0": server.Listener.Addr().String()}, nil)
	}
	o.Log, o.Version, o.Pod = slog.New(slog.DiscardHandler), "test", "pod-1"
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, on) }()
	end = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	return g, on.Addr().String(), end
}

func eventually(t *testing.T, ok func() bool, what string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("timed out waiting for: " + what)
		}
	}
}

// No more is sent than the rate says, each request is answered, and none starts a trace. (How closely a rate is kept is
// measured where the machine is ours: a busy one can't keep any.)
func TestRateIsKept(t *testing.T) {
	var served, traced atomic.Int64
	g, _, end := generate(t, func(_ http.ResponseWriter, r *http.Request) {
		served.Add(1)
		for name := range r.Header {
			if strings.HasPrefix(name, "X-B3") || name == "B3" || name == "Traceparent" {
				traced.Add(1)
			}
		}
	}, Options{Load: chain.Load{Rate: 200}})
	began := time.Now()
	eventually(t, func() bool { return g.State().Total.Sent >= 400 }, "400 requests")
	took := time.Since(began).Seconds()
	end()
	s := g.State().Total
	if got := 400 / took; got > 215 {
		t.Errorf("%.1f requests/s, want at most 200", got)
	}
	if s.OK != s.Sent || s.Failed != 0 || s.Skipped != 0 || uint64(served.Load()) != s.Sent || traced.Load() != 0 || s.P50 <= 0 || s.Max < s.P99 {
		t.Errorf("%+v; served %d, %d trace headers", s, served.Load(), traced.Load())
	}
}

// A server that stalls is charged for the requests that waited, not only for those that it had begun.
func TestStallIsChargedInFull(t *testing.T) {
	var mu sync.Mutex
	stalled := false
	g, _, end := generate(t, func(http.ResponseWriter, *http.Request) {
		mu.Lock() // one at a time: all that come during the stall wait for it
		defer mu.Unlock()
		if !stalled {
			stalled = true
			time.Sleep(500 * time.Millisecond)
		}
	}, Options{Load: chain.Load{Rate: 100}})
	eventually(t, func() bool { return g.State().Total.OK >= 100 }, "100 answers")
	end()
	// Of the first second's requests half fell into the stall, and waited 250 ms on average.
	if s := g.State().Total; s.P50 < 1 || s.P95 < 350 || s.Max < 450 {
		t.Errorf("%+v", s)
	}
}

func TestConcurrencyCap(t *testing.T) {
	release := make(chan struct{})
	var now, most atomic.Int64
	g, _, end := generate(t, func(http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		<-release
		now.Add(-1)
	}, Options{Load: chain.Load{Rate: 500, Concurrency: 3}})
	eventually(t, func() bool { return g.State().Total.Skipped > 20 }, "skipped requests")
	if s := g.State().Total; s.Sent != 3 {
		t.Errorf("%+v", s)
	}
	close(release)
	end()
	if most.Load() > 3 {
		t.Errorf("%d at once", most.Load())
	}
}

func TestFailuresHaveReasons(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for want, tc := range map[string]struct {
		head http.HandlerFunc
		dial conns.DialFunc
	}{
		"HTTP 503":        {head: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }},
		"timeout":         {head: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		"connection lost": {head: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		"connect":         {dial: conns.Resolve(map[string]string{"chain-link-service-0": closed.Addr().String()}, nil)},
		"dns": {dial: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}
		}},
	} {
		t.Run(want, func(t *testing.T) {
			timeout := 30 * time.Second
			if want == "timeout" {
				timeout = 50 * time.Millisecond
			}
			g, _, end := generate(t, tc.head, Options{Load: chain.Load{Rate: 100}, Timeout: timeout, Dial: tc.dial})
			eventually(t, func() bool { return g.State().Total.Failed >= 3 }, "failures")
			end()
			s := g.State().Total
			if s.OK != 0 || s.Failed != s.Sent || s.Reasons[want] != int(s.Failed) {
				t.Errorf("%+v", s)
			}
		})
	}
}

// The rate follows the ConfigMap, also down to nothing and back, and falls back when it says nothing of the load.
func TestRateChangesLive(t *testing.T) {
	live := func(rate float64) chain.Live {
		return chain.Live{Order: chain.NewOrder(1), Load: &chain.Load{Rate: rate}}
	}
	dir := livetest.Mount(t, live(0.001)) // the next request is due in a quarter of an hour
	g, _, _ := generate(t, func(http.ResponseWriter, *http.Request) {}, Options{ConfigDir: dir, Load: chain.Load{Rate: 7}, Reread: time.Hour})
	publish := func(l chain.Live) {
		livetest.Publish(t, dir, l.Data())
		eventually(t, func() bool { return g.State().Config == chain.Digest(l.Data()) }, "the new configuration")
	}
	publish(live(300))
	eventually(t, func() bool { return g.State().Total.Sent > 50 }, "requests at the new rate")
	publish(live(0))
	before := g.State().Total.Sent + 1 // one may have been under way
	time.Sleep(50 * time.Millisecond)
	if after := g.State().Total.Sent; after > before {
		t.Errorf("paused, but sent %d more", after-before)
	}
	publish(live(300))
	eventually(t, func() bool { return g.State().Total.Sent > before+20 }, "requests again")
	publish(chain.Live{Order: chain.NewOrder(1)})
	if l := g.State().Load; l.Rate != 7 || l.Concurrency != chain.DefaultConcurrency {
		t.Errorf("%+v", l)
	}
	livetest.Publish(t, dir, map[string]string{chain.OrderKey: `["a"]`, chain.LoadKey: `{"rate": -1}`})
	eventually(t, func() bool { return g.State().Error != "" }, "the error")
	if l := g.State().Load; l.Rate != 7 {
		t.Errorf("a broken file changed the load to %+v", l)
	}
}

// A slow load that becomes a fast one owes nothing for the time before, in requests or in latencies.
func TestANewRateBeginsWhenItIsSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refuse := func(context.Context, string, string) (net.Conn, error) { return nil, syscall.ECONNREFUSED }
		g, err := New(Options{Target: "http://head/", Load: chain.Load{Rate: 0.1}, Dial: refuse})
		if err != nil {
			t.Fatal(err)
		}
		ctx, end := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); g.pace(ctx) }()
		time.Sleep(4 * time.Second)
		g.set(chain.Load{Rate: 100})
		time.Sleep(time.Second + time.Millisecond)
		end()
		<-done
		g.requests.Wait()
		if s := g.State().Total; s.Sent+s.Skipped < 99 || s.Sent+s.Skipped > 101 || s.Max > 100 {
			t.Errorf("in the second after the change: %+v", s)
		}
	})
}

func TestShutdownWaitsForAnswers(t *testing.T) {
	arrived, release := make(chan struct{}, 100), make(chan struct{})
	g, _, end := generate(t, func(http.ResponseWriter, *http.Request) { arrived <- struct{}{}; <-release }, Options{Load: chain.Load{Rate: 50}})
	<-arrived
	ended := make(chan struct{})
	go func() { end(); close(ended) }()
	eventually(t, g.draining.Load, "the shutdown")
	close(release)
	<-ended
	if s := g.State().Total; s.OK != s.Sent || s.Failed != 0 {
		t.Errorf("%+v", s)
	}
}

func TestEndpoints(t *testing.T) {
	g, address, _ := generate(t, func(http.ResponseWriter, *http.Request) {}, Options{Load: chain.Load{Rate: 100, Jitter: true}})
	eventually(t, func() bool { return g.State().Total.OK > 5 }, "answers")
	get := func(path string) string {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
		return string(body)
	}
	var s chain.LoadState
	if err := json.Unmarshal([]byte(get("/state")), &s); err != nil {
		t.Fatal(err)
	}
	if s.Target != "http://chain-link-service-0/" || s.Started.IsZero() || s.Load.Rate != 100 || s.Version != "test" || s.Pod != "pod-1" || s.Recent.Sent == 0 || s.Config != "" {
		t.Errorf("%+v", s)
	}
	metrics := get("/metrics")
	for _, want := range []string{"chain_load_sent_total ", "chain_load_latency_seconds{quantile=\"0.99\"} ", "chain_load_rate 100\n"} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
	for _, path := range []string{"/readiness", "/livez"} {
		if got := get(path); got != `{"message": "ok"}` {
			t.Errorf("%s answers %s", path, got)
		}
	}
	http.DefaultClient.CloseIdleConnections()
}

func TestRecentForgetsWhatIsOld(t *testing.T) {
	began := time.Now()
	s := newStats(began)
	at := func(second int) time.Time { return began.Add(time.Duration(second)*time.Second + time.Millisecond) }
	for second := range 100 {
		s.count(at(second), func(t *tally) { t.sent++; t.result(time.Duration(second+1)*time.Millisecond, "") })
	}
	total, recent := s.read(at(99))
	if total.Sent != 100 || recent.Sent != 30 || recent.OK != 30 || recent.Seconds < 29 || recent.Seconds > 30 || recent.P50 < 84 || recent.P50 > 86.5 {
		t.Errorf("total %+v, recent %+v", total, recent)
	}
	if _, recent = s.read(at(115)); recent.Sent != 14 {
		t.Errorf("16 s later: %+v", recent)
	}
}

func TestJitterKeepsTheMean(t *testing.T) {
	var sum time.Duration
	const n = 100_000
	for range n {
		sum += interval(chain.Load{Rate: 100, Jitter: true})
	}
	if mean := sum / n; mean < 9800*time.Microsecond || mean > 10200*time.Microsecond {
		t.Errorf("mean interval %v, want 10ms", mean)
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	for _, o := range []Options{{}, {Target: "chain-link-service-0"}, {Target: "ftp://a/"}, {Target: "http://a/", Load: chain.Load{Rate: -1}}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}
