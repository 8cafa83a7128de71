package conns

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func get(t *testing.T, transport *Transport, url string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}

// Connections are used again while they are young, and replaced when they are old; a request under way is never cut.
func TestConnectionsAreReplaced(t *testing.T) {
	var opened atomic.Int64
	slow := make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			<-slow
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	transport := New(nil, 30*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 3 * Lanes {
		get(t, transport, server.URL)
	}
	if n := opened.Load(); n != Lanes {
		t.Errorf("%d connections for requests one after the other, want %d", n, Lanes)
	}
	running.Go(func() { get(t, transport, server.URL+"/slow") })
	running.Go(func() { transport.Run(ctx) })
	for end := time.Now().Add(10 * time.Second); opened.Load() < 3*Lanes; {
		get(t, transport, server.URL)
		if time.Now().After(end) {
			t.Error("connections are not replaced")
			break
		}
		time.Sleep(time.Millisecond)
	}
	close(slow)
	cancel()
	running.Wait()
}

func TestResolve(t *testing.T) {
	var asked string
	dial := Resolve(map[string]string{"a": "127.0.0.1:1"}, func(_ context.Context, _, address string) (net.Conn, error) {
		asked = address
		return nil, net.ErrClosed
	})
	for address, want := range map[string]string{"a:80": "127.0.0.1:1", "b:80": "b:80"} {
		if _, _ = dial(t.Context(), "tcp", address); asked != want {
			t.Errorf("%s is connected to as %s, want %s", address, asked, want)
		}
	}
}

func TestParseResolve(t *testing.T) {
	if table, err := ParseResolve("a=127.0.0.1:1,b=[::1]:2"); err != nil || len(table) != 2 || table["b"] != "[::1]:2" {
		t.Errorf("%v, %v", table, err)
	}
	if table, err := ParseResolve(""); err != nil || table != nil {
		t.Errorf("%v, %v", table, err)
	}
	for _, bad := range []string{"a", "a=", "=127.0.0.1:1", "a=127.0.0.1", "a=b:1,"} {
		if _, err := ParseResolve(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
