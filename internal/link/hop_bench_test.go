package link

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/conns"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

// answered is a next link at no cost, so that what is measured is the link's own work.
type answered struct{ resp http.Response }

func (a answered) RoundTrip(*http.Request) (*http.Response, error) {
	resp := a.resp
	resp.Body = http.NoBody
	return &resp, nil
}

func BenchmarkHop(b *testing.B) {
	sink := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }))
	defer sink.Close()
	for name, rate := range map[string]float64{"unsampled": 0, "traced": 1} {
		b.Run(name, func(b *testing.B) {
			l, err := New(Options{Service: "chain-link-service-0", ConfigDir: livetest.Mount(b, chain.Live{Order: chain.NewOrder(2)}),
				ZipkinURL: sink.URL, SampleRate: rate, Pod: "pod", Node: "node", Namespace: "demo", Log: slog.New(slog.DiscardHandler),
				Dial: conns.Resolve(nil, func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed })})
			if err != nil {
				b.Fatal(err)
			}
			l.transport = answered{http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": jsonType, "Content-Length": {"0"}}}}
			defer l.tracing.reporter.Close()
			w := discard{http.Header{}}
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)
			b.ReportAllocs()
			for b.Loop() {
				clear(w.h)
				l.ServeHTTP(w, r)
			}
		})
	}
}

type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}
