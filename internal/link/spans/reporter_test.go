package spans

import (
	"bytes"
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
	"testing"
	"time"

	"github.com/openzipkin/zipkin-go/model"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var quiet = slog.New(slog.DiscardHandler)

// sink is a collector that counts.
type sink struct {
	*httptest.Server
	mu      sync.Mutex
	batches []int
	status  atomic.Int64
	block   chan struct{} // answers wait for it, if there is one
}

func newSink(t *testing.T) *sink {
	s := &sink{}
	s.status.Store(http.StatusAccepted)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if s.block != nil {
			select {
			case <-s.block:
			case <-r.Context().Done():
				return
			}
		}
		var spans []map[string]any
		if err := json.Unmarshal(body, &spans); err != nil || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%v: %.200s", err, body)
		}
		s.mu.Lock()
		s.batches = append(s.batches, len(spans))
		s.mu.Unlock()
		w.WriteHeader(int(s.status.Load()))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *sink) total() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.batches {
		n += b
	}
	return n
}

func span(i int) model.SpanModel {
	return model.SpanModel{SpanContext: model.SpanContext{TraceID: model.TraceID{Low: uint64(i + 1)}, ID: model.ID(i + 1)}, Name: "get"}
}

func TestBatchesAndShutdown(t *testing.T) {
	s := newSink(t)
	r := New(Options{URL: s.URL, Batch: 100, Interval: time.Hour, Log: quiet})
	for i := range 250 {
		r.Send(span(i))
	}
	for r.Sent() < 200 { // two full batches do not wait for the hour
		time.Sleep(time.Millisecond)
	}
	if r.Queued() != 50 {
		t.Errorf("%d wait", r.Queued())
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if s.total() != 250 || r.Sent() != 250 || dropped(r) != 0 {
		t.Errorf("the collector has %d, sent %d, dropped %v", s.total(), r.Sent(), r.Dropped())
	}
	r.Send(span(1)) // neither blocks nor panics, unlike zipkin-go's
	if err := r.Close(); err != nil || r.Dropped()[QueueFull] != 1 {
		t.Errorf("second Close: %v, dropped %v", err, r.Dropped())
	}
}

func dropped(r *Reporter) (n uint64) {
	for _, d := range r.Dropped() {
		n += d
	}
	return n
}

func TestIntervalSendsWhatIsThere(t *testing.T) {
	s := newSink(t)
	r := New(Options{URL: s.URL, Interval: 5 * time.Millisecond, Log: quiet})
	r.Send(span(1))
	for r.Sent() == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestRefusedBatchIsCounted(t *testing.T) {
	s := newSink(t)
	s.status.Store(http.StatusBadRequest)
	r := New(Options{URL: s.URL, Interval: time.Hour, Log: quiet})
	for i := range 10 {
		r.Send(span(i))
	}
	if err := r.Close(); err != nil || r.Dropped()[Refused] != 10 || r.Sent() != 0 || len(s.batches) != 1 {
		t.Errorf("%v, sent %d, dropped %v in %d requests", err, r.Sent(), r.Dropped(), len(s.batches))
	}
}

func TestNoPasswordInTheLog(t *testing.T) {
	s := newSink(t)
	s.status.Store(http.StatusUnauthorized)
	var out bytes.Buffer
	r := New(Options{URL: strings.Replace(s.URL, "//", "//user:secret@", 1), Interval: time.Hour, Log: slog.New(slog.NewTextHandler(&out, nil))})
	r.Send(span(0))
	if err := r.Close(); err != nil || !strings.Contains(out.String(), "user:xxxxx@") || strings.Contains(out.String(), "secret") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// A collector that answers nothing: the queue fills and drops, Send never blocks, and shutting down ends in time.
func TestStuckCollector(t *testing.T) {
	s := newSink(t)
	s.block = make(chan struct{})
	defer close(s.block)
	r := New(Options{URL: s.URL, Batch: 10, MaxSpans: 100, Interval: time.Hour, Log: quiet})
	began := time.Now()
	for i := range 1000 {
		r.Send(span(i))
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("1000 spans took %v", took)
	}
	if n := r.Dropped()[QueueFull]; n < 880 || r.Queued() > 100 {
		t.Errorf("dropped %d, %d wait", n, r.Queued())
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := r.Shutdown(ctx); err == nil {
		t.Error("no error tells of the spans that were lost")
	}
	if r.Sent()+dropped(r) != 1000 {
		t.Errorf("sent %d and dropped %v of 1000", r.Sent(), r.Dropped())
	}
}

// While there is no connection nothing is lost as long as the queue has room; a collector that comes back gets it all.
func TestCollectorComesBack(t *testing.T) {
	s := newSink(t)
	var up atomic.Bool
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if !up.Load() {
			return nil, &net.OpError{Op: "dial", Net: network, Err: net.ErrClosed}
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}}
	defer transport.CloseIdleConnections()
	r := New(Options{URL: s.URL, Interval: time.Millisecond, Client: transport, Log: quiet})
	for i := range 100 {
		r.Send(span(i))
		time.Sleep(100 * time.Microsecond)
	}
	if r.Sent() != 0 {
		t.Fatalf("sent %d without a connection", r.Sent())
	}
	up.Store(true)
	for r.Sent() < 100 {
		time.Sleep(time.Millisecond)
	}
	if err := r.Close(); err != nil || dropped(r) != 0 || s.total() != 100 {
		t.Errorf("%v, dropped %v, the collector has %d", err, r.Dropped(), s.total())
	}
}

func TestBytesAreBounded(t *testing.T) {
	s := newSink(t)
	r := New(Options{URL: s.URL, Interval: time.Hour, MaxBytes: 1000, Log: quiet})
	for i := range 100 {
		r.Send(span(i))
	}
	if n := r.Queued(); n == 0 || n > 16 || r.Dropped()[QueueFull] != uint64(100-n) {
		t.Errorf("%d wait, dropped %v", n, r.Dropped())
	}
	_ = r.Close()
}

func TestManySenders(t *testing.T) {
	s := newSink(t)
	r := New(Options{URL: s.URL, Batch: 50, Interval: time.Millisecond, Log: quiet})
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 500 {
				r.Send(span(g*500 + i))
			}
		})
	}
	all.Wait()
	if err := r.Close(); err != nil || s.total() != 4000 || r.Sent() != 4000 {
		t.Errorf("%v: the collector has %d of 4000, dropped %v", err, s.total(), r.Dropped())
	}
}
