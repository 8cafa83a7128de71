package link

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/link/conns"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testChain is a chain of real links on loopback, and a real collector.
type testChain struct {
	t         *testing.T
	order     chain.Order
	dirs      []string
	links     []*Link
	addresses []string
	end       []func() // SIGTERM of link i, and waiting for its end
	collector *httptest.Server
	table     map[string]string
	client    *http.Client
}

// startChain starts n links that share settings (each in a folder of its own, as in pods). change edits their options.
func startChain(t *testing.T, n int, live chain.Live, change func(i int, o *Options)) *testChain {
	t.Helper()
	c := &testChain{t: t, order: chain.NewOrder(n), table: map[string]string{}}
	c.collector = httptest.NewServer(collector.New(collector.Options{}).Handler())
	t.Cleanup(c.collector.Close)
	transport := &http.Transport{}
	c.client = &http.Client{Transport: transport, Timeout: 30 * time.Second}
	if live.Order == nil {
		live.Order = c.order
	}
	listeners := make([]net.Listener, n)
	for i, name := range c.order {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listeners[i] = l
		c.addresses = append(c.addresses, l.Addr().String())
		c.table[name] = l.Addr().String()
	}
	for i, name := range c.order {
		o := Options{Service: name, ConfigDir: livetest.Mount(t, live), ZipkinURL: c.collector.URL + "/api/v2/spans", SampleRate: 1,
			Listen: c.addresses[i], Pod: "pod-" + name, Node: "node-1", Namespace: "demo", Version: "test",
			Dial: conns.Resolve(c.table, nil), SpanInterval: 20 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
		if change != nil {
			change(i, &o)
		}
		l, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		c.dirs, c.links = append(c.dirs, o.ConfigDir), append(c.links, l)
		c.end = append(c.end, run(t, l, listeners[i]))
	}
	t.Cleanup(transport.CloseIdleConnections)
	t.Cleanup(c.client.CloseIdleConnections)
	return c
}

// run serves a link until the function that it returns is called, or the test ends.
func run(t *testing.T, l *Link, on net.Listener) (end func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx, on) }()
	end = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("%s: %v", l.options.Service, err)
		}
	})
	t.Cleanup(end)
	return end
}

// reply is a response that was read.
type reply struct {
	status int
	header http.Header
	length int64
	closes bool // its connection
}

// get sends a request to link i.
func (c *testChain) get(i int, path string, headers ...string) (reply, string) {
	c.t.Helper()
	return c.do(http.MethodGet, i, path, headers...)
}

func (c *testChain) do(method string, i int, path string, headers ...string) (reply, string) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, "http://"+c.addresses[i]+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for k := 0; k+1 < len(headers); k += 2 {
		r.Header.Set(headers[k], headers[k+1])
	}
	resp, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, resp.ContentLength, resp.Close}, string(body)
}

// span is what the tests look at of a collected span.
type span struct {
	TraceID       string `json:"traceId"`
	ParentID      string `json:"parentId"`
	ID            string `json:"id"`
	Kind          string `json:"kind"`
	Name          string `json:"name"`
	Shared        bool   `json:"shared"`
	Debug         bool   `json:"debug"`
	Timestamp     int64  `json:"timestamp"`
	Duration      int64  `json:"duration"`
	LocalEndpoint struct{ ServiceName string }
	Remote        struct{ ServiceName string } `json:"remoteEndpoint"`
	Tags          map[string]string            `json:"tags"`
}

// traces waits until the collector has want spans, and a little longer for ones that should not be there. It returns
// them by trace.
func (c *testChain) traces(want int) map[string][]span {
	c.t.Helper()
	var byTrace map[string][]span
	var have int
	read := func() {
		resp, err := http.Get(c.collector.URL + "/api/v2/traces?limit=10000")
		if err != nil {
			c.t.Fatal(err)
		}
		defer resp.Body.Close()
		var all [][]span
		if err := json.NewDecoder(resp.Body).Decode(&all); err != nil {
			c.t.Fatal(err)
		}
		byTrace, have = map[string][]span{}, 0
		for _, trace := range all {
			byTrace[trace[0].TraceID] = trace
			have += len(trace)
		}
	}
	eventually(c.t, func() bool { read(); return have >= want }, "spans in the collector")
	for _, l := range c.links { // what was queued until now would show
		for l.tracing != nil && l.tracing.reporter.Queued() > 0 {
			time.Sleep(5 * time.Millisecond)
		}
	}
	read()
	if have != want {
		c.t.Fatalf("%d spans in the collector, want %d: %+v", have, want, byTrace)
	}
	return byTrace
}

// eventually polls for what happens soon.
func eventually(t *testing.T, ok func() bool, what string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("timed out waiting for: " + what)
		}
	}
}
