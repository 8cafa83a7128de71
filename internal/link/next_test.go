package link

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/conns"
)

// before starts a link 0 of two, whose next link is the handler.
func before(t *testing.T, next http.HandlerFunc, change func(o *Options)) *testChain {
	tail := httptest.NewServer(next)
	t.Cleanup(tail.Close)
	return startChain(t, 1, chain.Live{Order: chain.NewOrder(2)}, func(_ int, o *Options) {
		o.Dial = conns.Resolve(map[string]string{"chain-link-service-1": tail.Listener.Addr().String()}, nil)
		if change != nil {
			change(o)
		}
	})
}

func TestNextLinksAnswerIsPassedOn(t *testing.T) {
	long := strings.Repeat("0123456789", 100_000)
	for name, tc := range map[string]struct {
		next        http.HandlerFunc
		status      int
		body        string
		contentType string
	}{
		"status, body and type": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusTeapot)
			_, _ = io.WriteString(w, "tea")
		}, 418, "tea", "text/html; charset=utf-8"},
		"no type": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, `{}`)
		}, 200, `{}`, "application/json"},
		"long":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, long) }, 200, long, "text/plain; charset=utf-8"},
		"empty": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, 204, "", "application/json"},
		"in pieces": {func(w http.ResponseWriter, _ *http.Request) {
			for _, piece := range []string{"a", "b", "c"} {
				_, _ = io.WriteString(w, piece)
				w.(http.Flusher).Flush()
			}
		}, 200, "abc", "text/plain; charset=utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			c := before(t, tc.next, nil)
			resp, body := c.get(0, "/")
			if resp.status != tc.status || body != tc.body || resp.header.Get("Content-Type") != tc.contentType {
				t.Errorf("got %d %q %.50s (%d bytes)", resp.status, resp.header.Get("Content-Type"), body, len(body))
			}
		})
	}
}

func TestNextLinkIsCalledAsTheOriginalCalls(t *testing.T) {
	var got *http.Request
	c := before(t, func(_ http.ResponseWriter, r *http.Request) { got = r }, func(o *Options) { o.Timeout = 5 * time.Second })
	c.do(http.MethodPost, 0, "/")
	if got.Method != http.MethodGet || got.URL.Path != "/forward" || got.Host != "chain-link-service-1" || got.Header.Get("X-Current-Service") != "chain-link-service-1" {
		t.Errorf("%s %s of %s, headers %v", got.Method, got.URL, got.Host, got.Header)
	}
	ms, err := strconv.Atoi(got.Header.Get(TimeoutHeader))
	if err != nil || ms > 4998 || ms < 3000 || got.Header.Get(HopsHeader) != "1" {
		t.Errorf("headers %v", got.Header)
	}
}

// No connection, none in time, and one that breaks: a 502 that names both ends, once, and a span that says so.
func TestNextLinkDoesNotAnswer(t *testing.T) {
	for name, dial := range map[string]conns.DialFunc{
		"refused": conns.Resolve(map[string]string{"chain-link-service-1": closedPort(t)}, nil),
		"closed": conns.Resolve(map[string]string{"chain-link-service-1": server(t, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 1))
		})}, nil),
		"cut short": conns.Resolve(map[string]string{"chain-link-service-1": server(t, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
		})}, nil),
		"no HTTP": conns.Resolve(map[string]string{"chain-link-service-1": server(t, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, "\x1b[31mSSH-2.0\r\n\r\n")
		})}, nil),
	} {
		t.Run(name, func(t *testing.T) {
			c := startChain(t, 1, chain.Live{Order: chain.NewOrder(2)}, func(_ int, o *Options) { o.Dial = dial })
			resp, body := c.get(0, "/")
			if want := `{"message": "chain-link-service-0 got no answer from chain-link-service-1: `; resp.status != 502 || !strings.HasPrefix(body, want) {
				t.Errorf("got %d %s", resp.status, body)
			}
			for _, spans := range c.traces(2) {
				for _, s := range spans {
					if s.Tags["error"] == "" {
						t.Errorf("%s has tags %v", s.Kind, s.Tags)
					}
				}
			}
		})
	}
}

func closedPort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// server calls serve with each connection and then closes it.
func server(t *testing.T, serve func(net.Conn)) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			serve(c)
			_ = c.Close()
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return l.Addr().String()
}

// A body that breaks off after the status has gone out must not look whole.
func TestLongAnswerThatBreaksOff(t *testing.T) {
	c := before(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}, nil)
	resp, err := c.client.Get("http://" + c.addresses[0] + "/")
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	if err == nil {
		t.Error("the caller took a part for the whole")
	}
}

func TestCallerGoesAway(t *testing.T) {
	called := make(chan struct{})
	var left atomic.Bool
	c := before(t, func(_ http.ResponseWriter, r *http.Request) {
		close(called)
		<-r.Context().Done()
		left.Store(true)
	}, nil)
	conn, err := net.Dial("tcp", c.addresses[0])
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	<-called
	_ = conn.Close()
	eventually(t, left.Load, "the end of the call to the next link")
	eventually(t, func() bool { return c.links[0].metrics.requests.Load() == 1 }, "the count")
	if s := c.links[0].State(); s.Failed != 0 {
		t.Errorf("a caller that went away is no failure of the link: %+v", s)
	}
}

type panics struct{}

func (panics) RoundTrip(*http.Request) (*http.Response, error) { panic(errors.New("bug")) }

func TestPanicIsA500AndTagged(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, nil)
	c.links[0].transport = panics{}
	if resp, body := c.get(0, "/"); resp.status != 500 || !strings.HasPrefix(body, `{"message": "internal error`) {
		t.Errorf("got %d %s", resp.status, body)
	}
	for _, spans := range c.traces(1) {
		if spans[0].Tags["error"] != "panic" || spans[0].Tags["http.status_code"] != "500" {
			t.Errorf("tags %v", spans[0].Tags)
		}
	}
	if n := c.links[0].metrics.inFlight.Load(); n != 0 {
		t.Errorf("%d requests in flight", n)
	}
}

// Old connections are closed after an answer, by the server and by the caller, so that new replicas get their share;
// young ones are kept.
func TestConnectionsGrowOld(t *testing.T) {
	for age, want := range map[time.Duration]bool{time.Millisecond: true, time.Hour: false} {
		var dialled atomic.Int64
		c := startChain(t, 2, chain.Live{}, func(i int, o *Options) {
			o.ConnAge = age
			if i == 0 {
				dial := o.Dial
				o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					dialled.Add(1)
					return dial(ctx, network, address)
				}
			}
		})
		requests, closes := 0, 0
		for requests < 50 || want && closes < 3 && requests < 100_000 {
			resp, _ := c.get(0, "/")
			if requests++; resp.closes {
				closes++
			}
			if resp.status != 200 {
				t.Fatalf("got %d", resp.status)
			}
		}
		if want && (closes < 3 || dialled.Load() < 3) || !want && (closes > 0 || dialled.Load() > conns.Lanes) {
			t.Errorf("connections may be %v old: in %d requests the server closed %d, and the link opened %d", age, requests, closes, dialled.Load())
		}
	}
}

// A body that never comes does not hold the connection, whatever was asked.
func TestSlowBodyIsCut(t *testing.T) {
	c := startChain(t, 1, chain.Live{}, nil)
	held := map[string]net.Conn{}
	for _, path := range []string{"/", "/readiness", "/metrics", "/nothing"} {
		conn, err := net.Dial("tcp", c.addresses[0])
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
		held[path] = conn
	}
	for path, conn := range held {
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		if answer, err := io.ReadAll(conn); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 ") {
			t.Errorf("%s: %v, %s", path, err, answer)
		}
	}
}
