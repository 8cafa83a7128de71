package link

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/conns"
)

// A request through N links is 2N-1 spans: N servers, and a client half for each call, which shares its id with the
// server that it called. The parents form one unbroken chain.
func TestOneRequestIsOneTrace(t *testing.T) {
	const n = 6
	c := startChain(t, n, chain.Live{}, nil)
	c.get(0, "/")
	traces := c.traces(2*n - 1)
	if len(traces) != 1 {
		t.Fatalf("%d traces, want 1", len(traces))
	}
	servers, clients := map[string]span{}, map[string]span{}
	for id, spans := range traces {
		if len(id) != 32 {
			t.Errorf("trace id %s is not of 128 bits", id)
		}
		for _, s := range spans {
			by := map[string]map[string]span{"SERVER": servers, "CLIENT": clients}[s.Kind]
			by[s.LocalEndpoint.ServiceName] = s
			if s.Tags[chain.PodTag] != "pod-"+s.LocalEndpoint.ServiceName || s.Tags[chain.NodeTag] != "node-1" || s.Tags[chain.NamespaceTag] != "demo" {
				t.Errorf("tags %v", s.Tags)
			}
			if s.Timestamp == 0 || s.Duration == 0 || s.Tags["error"] != "" || s.Tags["http.method"] != "GET" {
				t.Errorf("span %+v", s)
			}
		}
	}
	if len(servers) != n || len(clients) != n-1 {
		t.Fatalf("%d servers and %d clients, want %d and %d", len(servers), len(clients), n, n-1)
	}
	for i := range n {
		server := servers[chain.ServiceName(i)]
		if i == 0 {
			if server.ParentID != "" || server.Shared || server.Name != "get /" {
				t.Errorf("root %+v", server)
			}
			continue
		}
		client := clients[chain.ServiceName(i-1)]
		if client.ParentID != servers[chain.ServiceName(i-1)].ID || client.Remote.ServiceName != chain.ServiceName(i) {
			t.Errorf("client %d %+v", i-1, client)
		}
		if server.ID != client.ID || server.ParentID != client.ParentID || !server.Shared || server.Name != "get /forward" {
			t.Errorf("server %d %+v is not the half of %+v", i, server, client)
		}
	}
}

const (
	id128    = "463ac35c9f6413ad48485a3953bb6124"
	id64     = "48485a3953bb6124"
	parentID = "a2fb4a1d1a96d312"
	other128 = "4bf92f3577b34da6a3ce929d0e0e4736"
)

// What a caller says of its trace is continued, whichever way it says it; and the next link gets it in B3 and W3C.
func TestCallersTraceIsContinued(t *testing.T) {
	for _, tc := range []struct {
		name    string
		headers []string
		trace   string // expected; "" is a new one
		parent  string // of the server span, by sharing its id or as parent
		shared  bool
		spans   int
		sampled string // X-B3-Sampled for the next link
		flags   string // its X-B3-Flags
	}{
		{"nothing", nil, "", "", false, 2, "1", ""},
		{"b3 multi", []string{"X-B3-TraceId", id128, "X-B3-SpanId", parentID, "X-B3-Sampled", "1"}, id128, parentID, true, 2, "1", ""},
		{"b3 multi, 64 bits", []string{"X-B3-TraceId", id64, "X-B3-SpanId", parentID, "X-B3-Sampled", "1"}, id64, parentID, true, 2, "1", ""},
		{"b3 single", []string{"b3", id128 + "-" + parentID + "-1"}, id128, parentID, true, 2, "1", ""},
		{"b3 without a decision", []string{"b3", id128 + "-" + parentID}, id128, parentID, true, 2, "1", ""},
		{"b3 debug", []string{"b3", id128 + "-" + parentID + "-d"}, id128, parentID, true, 2, "", "1"},
		{"b3 flags", []string{"X-B3-TraceId", id128, "X-B3-SpanId", parentID, "X-B3-Flags", "1"}, id128, parentID, true, 2, "", "1"},
		{"b3 unsampled", []string{"b3", id128 + "-" + parentID + "-0"}, id128, parentID, true, 0, "0", ""},
		{"b3 denies alone", []string{"b3", "0"}, "", "", false, 0, "0", ""},
		{"w3c", []string{"traceparent", "00-" + id128 + "-" + parentID + "-01"}, id128, parentID, false, 2, "1", ""},
		{"w3c unsampled", []string{"traceparent", "00-" + id128 + "-" + parentID + "-00"}, id128, parentID, false, 0, "0", ""},
		{"both: b3 wins", []string{"b3", id128 + "-" + parentID + "-1", "traceparent", "00-" + other128 + "-" + parentID + "-00"}, id128, parentID, true, 2, "1", ""},
		{"broken b3: w3c", []string{"b3", "rubbish", "traceparent", "00-" + id128 + "-" + parentID + "-01"}, id128, parentID, false, 2, "1", ""},
		{"broken all", []string{"b3", strings.Repeat("f", 40), "traceparent", "00-0-0-0"}, "", "", false, 2, "1", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var next http.Header
			tail := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { next = r.Header.Clone() }))
			defer tail.Close()
			c := startChain(t, 1, chain.Live{Order: chain.NewOrder(2)}, func(_ int, o *Options) {
				o.Dial = conns.Resolve(map[string]string{"chain-link-service-1": tail.Listener.Addr().String()}, nil)
			})
			c.get(0, "/", append(tc.headers, "tracestate", "vendor=1", "baggage", "a=b")...)
			var server, client span
			for _, spans := range c.traces(tc.spans) {
				for _, s := range spans {
					if s.Kind == "SERVER" {
						server = s
					} else {
						client = s
					}
				}
			}
			trace := next.Get("X-B3-TraceId")
			if tc.trace != "" && trace != tc.trace {
				t.Errorf("the next link gets trace %s, want %s", trace, tc.trace)
			}
			if tc.spans > 0 {
				if server.TraceID != trace || server.Shared != tc.shared || client.ParentID != server.ID || client.ID != next.Get("X-B3-SpanId") {
					t.Errorf("server %+v, client %+v, next link %v", server, client, next)
				}
				switch {
				case tc.shared && server.ID != tc.parent, !tc.shared && server.ParentID != tc.parent:
					t.Errorf("server span %+v does not continue %s", server, tc.parent)
				}
				if server.Debug != (tc.flags == "1") {
					t.Errorf("debug is %v", server.Debug)
				}
			}
			recorded := map[bool]string{true: "01", false: "00"}[tc.spans > 0]
			if want := "00-" + strings.Repeat("0", 32-len(trace)) + trace + "-" + next.Get("X-B3-SpanId") + "-" + recorded; next.Get("traceparent") != want {
				t.Errorf("traceparent %s, want %s", next.Get("traceparent"), want)
			}
			if next.Get("X-B3-Sampled") != tc.sampled || next.Get("X-B3-Flags") != tc.flags {
				t.Errorf("the next link gets decision %q and flags %q", next.Get("X-B3-Sampled"), next.Get("X-B3-Flags"))
			}
			if next.Get("tracestate") != "vendor=1" || next.Get("baggage") != "a=b" {
				t.Errorf("the next link gets %v", next)
			}
		})
	}
}

func TestHeadDecides(t *testing.T) {
	c := startChain(t, 3, chain.Live{}, func(i int, o *Options) {
		if i == 0 {
			o.SampleRate = 0 // and the others would trace all
		}
	})
	for range 5 {
		c.get(0, "/")
	}
	c.get(0, "/", "X-B3-TraceId", id128, "X-B3-SpanId", parentID, "X-B3-Sampled", "1")
	if traces := c.traces(5); len(traces[id128]) != 5 {
		t.Errorf("traces %v", traces)
	}
}

func TestProbesLeaveNoSpan(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, nil)
	for _, path := range []string{"/readiness", "/livez", "/metrics", "/state", "/nothing"} {
		c.get(0, path, "b3", id128+"-"+parentID+"-1")
	}
	c.get(0, "/")
	c.traces(3)
}

// A link that reports no spans passes headers on as they came, so that it breaks nobody's trace.
func TestWithoutTracingHeadersPassThrough(t *testing.T) {
	c := startChain(t, 3, chain.Live{}, func(i int, o *Options) {
		if i == 1 {
			o.ZipkinURL = ""
		}
	})
	c.get(0, "/")
	if traces := c.traces(3); len(traces) != 1 { // server and client of 0, server of 2
		t.Errorf("%d traces, want 1: %+v", len(traces), traces)
	}
}

// What waits to be sent when a link is told to stop is sent before it ends.
func TestShutdownSendsTheLastSpans(t *testing.T) {
	c := startChain(t, 3, chain.Live{}, func(_ int, o *Options) { o.SpanInterval = time.Hour })
	c.get(0, "/")
	for _, end := range c.end {
		end()
	}
	c.traces(5)
}

// A collector on nobody's port: requests go on, and what is lost is counted.
func TestCollectorDown(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	c := startChain(t, 2, chain.Live{}, func(_ int, o *Options) {
		o.ZipkinURL, o.SpanQueue, o.FlushGrace = "http://"+gone.Addr().String()+"/api/v2/spans", 10, 1
	})
	for i := range 100 {
		if resp, body := c.get(0, "/"); resp.status != 200 {
			t.Fatalf("request %d got %d %s", i, resp.status, body)
		}
	}
	s := c.links[0].State()
	if s.SpansSent != 0 || s.SpansLost < 100 || s.Failed != 0 {
		t.Errorf("state %+v", s)
	}
	if _, body := c.get(0, "/metrics"); !strings.Contains(body, `chain_link_spans_dropped_total{reason="queue_full"} 1`) {
		t.Error("the metrics count no drops")
	}
}
