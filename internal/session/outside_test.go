package session

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func TestServiceOf(t *testing.T) {
	for host, want := range map[string]string{
		"zipkin": "zipkin mine", "zipkin.tracing": "zipkin tracing", "zipkin.tracing.svc": "zipkin tracing",
		"zipkin.tracing.svc.cluster.local": "zipkin tracing", "zipkin.tracing.svc.cluster.local.": "zipkin tracing",
		"zipkin.example.com": "", "10.0.0.7": "", "fd00::7": "", "localhost": "", "Zipkin.Tracing": "zipkin tracing",
		"x%zz": "", "a%2fb": "", "..": "", "": "", "a..b": "", "fe80::1%eth0": "", "a_b.c": "",
	} {
		name, namespace := serviceOf(host, "mine")
		if got := strings.TrimSpace(name + " " + namespace); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}

// What the API server says of its own is told from what a collector says, and that can still be read.
func TestRefused(t *testing.T) {
	const status = `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"services \"z\" not found","reason":"NotFound","code":404}`
	for _, test := range []struct {
		code    int
		body    string
		refused bool
	}{{404, status, true}, {403, status, true}, {404, "trace not found", false}, {404, `{"kind":"Other"}`, false}, {503, status, true}, {200, "[]", false}, {200, status, false}} {
		res := &http.Response{StatusCode: test.code, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(test.body))}
		err := refused(res)
		if noWay(err) != test.refused {
			t.Errorf("%d %s: %v", test.code, test.body, err)
		}
		if left, _ := io.ReadAll(res.Body); !test.refused && string(left) != test.body {
			t.Errorf("%d: %q is left of %q", test.code, left, test.body)
		}
	}
}

// A collector that answers with a redirect does not send the user's credentials, or the request, elsewhere.
func TestNoRedirectIsFollowed(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) }))
	defer server.Close()
	cluster := connected(t, server.URL)
	defer cluster.Close()
	spec := chain.Default()
	for _, collector := range []string{chain.Builtin, "http://zipkin.tracing"} {
		spec.Collector = collector
		api, err := NewCollector("", cluster).API(&state.Snapshot{Releases: []chain.Release{{Spec: spec}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := api.Services(t.Context()); err == nil || elsewhere.Load() > 0 {
			t.Errorf("%s: %v, %d requests elsewhere", collector, err, elsewhere.Load())
		}
	}
}

// What may be a Service is asked for through the API server, by its port and scheme and with none of the request's own
// headers; where neither way leads there, the error has both and says what to do.
func TestTheWaysOutside(t *testing.T) {
	refuses, asked := false, make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		w.Header().Set("Content-Type", "application/json")
		if refuses {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"kind":"Status","message":"no such service"}`)
			return
		}
		_, _ = io.WriteString(w, "[]")
	}))
	defer server.Close()
	cluster := connected(t, server.URL)
	defer cluster.Close()
	o := &outside{cluster: cluster, plain: http.DefaultTransport}
	get := func(url string) error {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := o.RoundTrip(request)
		if err == nil {
			_ = res.Body.Close()
		}
		return err
	}
	for url, want := range map[string]string{
		"http://zipkin.invalid/x":          "/api/v1/namespaces/invalid/services/zipkin:80/proxy/x",
		"http://zipkin.invalid:9411/x":     "/api/v1/namespaces/invalid/services/zipkin:9411/proxy/x",
		"https://zipkin.invalid.svc/x":     "/api/v1/namespaces/invalid/services/https:zipkin:443/proxy/x",
		"http://zipkin/x":                  "/api/v1/namespaces/mine/services/zipkin:80/proxy/x",
		"http://zipkin.invalid.svc.c.d./x": "/api/v1/namespaces/invalid/services/zipkin:80/proxy/x",
	} {
		if err := get(url); err != nil || <-asked != want {
			t.Errorf("%s: %v, want %s", url, err, want)
		}
	}
	refuses = true
	if err := get("http://zipkin.invalid/x"); err == nil || !strings.Contains(err.Error(), "no such service") || !strings.Contains(err.Error(), "--zipkin-url") {
		t.Errorf("reached by no way: %v", err)
	}
}

// connected is a cluster whose API server is at a URL.
func connected(t *testing.T, server string) *kube.Cluster {
	t.Helper()
	return kubetest.Served(t, server, kube.Options{Namespace: "mine"})
}

// Where the API server does not lead to the collector, the way that any program takes is tried, kept to as long as it
// answers well, and left when it does not.
func TestTheDirectWay(t *testing.T) {
	var byAPI, byItself atomic.Int32
	down := atomic.Bool{}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		byAPI.Add(1)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"Forbidden","code":403}`)
	}))
	defer api.Close()
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		byItself.Add(1)
		if down.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, `["a"]`)
	}))
	defer collector.Close()
	cluster := connected(t, api.URL)
	defer cluster.Close()
	transport := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) { // this machine's DNS
		return new(net.Dialer).DialContext(ctx, network, collector.Listener.Addr().String())
	}}
	defer transport.CloseIdleConnections()
	o := outside{cluster: cluster, plain: transport}
	for _, step := range []struct {
		down            bool
		byAPI, byItself int32 // asked so far
		status          int
	}{
		{false, 1, 1, 200}, // the API server refuses
		{false, 1, 2, 200}, // so it is not asked any more
		{true, 1, 3, 502},  // what answers badly is an answer, but may be something else of that name
		{true, 2, 4, 502},  // so the API server is asked first again
	} {
		down.Store(step.down)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://zipkin.tracing:9411/api/v2/services", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := o.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if byAPI.Load() != step.byAPI || byItself.Load() != step.byItself || res.StatusCode != step.status {
			t.Errorf("%+v: asked %d times by the API server, %d directly, answer %d", step, byAPI.Load(), byItself.Load(), res.StatusCode)
		}
	}
}
