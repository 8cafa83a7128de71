package collector

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestBusyCollectorRefuses: one message takes all the memory there is for receiving; the next is refused, not queued.
func TestBusyCollectorRefuses(t *testing.T) {
	s := New(Options{MaxIngestBytes: bookStep})
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	defer client.CloseIdleConnections()
	slow, feed := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api/v2/spans", slow)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Expect", "100-continue")
	answered := make(chan int, 1)
	go func() {
		defer close(answered)
		response, err := client.Do(request)
		if err != nil {
			t.Error(err)
			_ = slow.CloseWithError(err)
			return
		}
		_ = response.Body.Close()
		answered <- response.StatusCode
	}()
	// The client sends nothing of the body before the handler reads, and that books before it reads.
	if _, err := feed.Write([]byte("[")); err != nil {
		t.Fatal(err)
	}
	w := ask(t, s.Handler(), "POST", "/api/v2/spans", "["+span+"]")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	_, _ = feed.Write([]byte(span + "]"))
	_ = feed.Close()
	if code := <-answered; code != http.StatusAccepted {
		t.Errorf("the slow one got %d", code)
	}
	if w := ask(t, s.Handler(), "POST", "/api/v2/spans", "["+span+"]"); w.Code != http.StatusAccepted {
		t.Errorf("afterwards: %d %q", w.Code, w.Body)
	}
	metrics := ask(t, s.Handler(), "GET", "/metrics", "").Body.String()
	for _, want := range []string{`zipkin_collector_messages_total{transport="http"} 3`, `zipkin_collector_messages_dropped_total{transport="http"} 1`,
		"chaintui_collector_spans 1", "chaintui_collector_repeated_spans_total 1"} {
		if !strings.Contains(metrics, want+"\n") {
			t.Errorf("no %q in\n%s", want, metrics)
		}
	}
}

// TestGzipBombIsCut: 64 KB that unpack to 64 MB are refused before it takes more than a message may.
func TestGzipBombIsCut(t *testing.T) {
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	block := bytes.Repeat([]byte(" "), 1<<20)
	_, _ = w.Write([]byte("["))
	for range 64 {
		_, _ = w.Write(block)
	}
	_ = w.Close()
	s := New(Options{})
	if w := ask(t, s.Handler(), "POST", "/api/v2/spans", bomb.String(), "Content-Encoding", "gzip"); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if !s.incoming.TryAcquire(int64(s.options.MaxIngestBytes)) {
		t.Error("memory is still booked")
	}
}

// TestLargeAnswer is sent in pieces, and whole.
func TestLargeAnswer(t *testing.T) {
	s := New(Options{})
	for i := range 200 {
		id := strings.Repeat("0", 12) + string([]byte{'1', "0123456789abcdef"[i>>4&15], "0123456789abcdef"[i&15], '0'})
		body := strings.ReplaceAll("["+span+"]", "000000000000000a", id)
		body = strings.Replace(body, "get /", strings.Repeat("x", 10_000), 1)
		if w := ask(t, s.Handler(), "POST", "/api/v2/spans", body); w.Code != http.StatusAccepted {
			t.Fatal(w.Code, w.Body)
		}
	}
	query := "/api/v2/traces?limit=1000&endTs=2000"
	plain := ask(t, s.Handler(), "GET", query, "").Body.String()
	if n := strings.Count(plain, `"traceId"`); n != 200 || len(plain) < 2_000_000 {
		t.Errorf("%d spans in %d bytes", n, len(plain))
	}
	packed := ask(t, s.Handler(), "GET", query, "", "Accept-Encoding", "gzip")
	unpacker, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(unpacker); err != nil || string(unpacked) != plain {
		t.Errorf("%d bytes unpacked, %v", len(unpacked), err)
	}
}

// FuzzQuery: nothing panics, and a query that is taken can be asked.
func FuzzQuery(f *testing.F) {
	for _, query := range []string{"limit=1&endTs=2000", "annotationQuery=a%20and%20b%3Dc&minDuration=1&maxDuration=2", "lookback=9223372036854775807&endTs=9223372036854775807", "serviceName=%F0%9F%98%80;x", "limit=&spanName=ALL"} {
		f.Add(query)
	}
	s := New(Options{})
	r := httptest.NewRequest(http.MethodPost, "/api/v2/spans", strings.NewReader("["+span+"]"))
	s.ServeHTTP(httptest.NewRecorder(), r)
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		q, err := parseQuery(values, time.UnixMilli(2000))
		if err != nil {
			return
		}
		if q.Limit <= 0 || q.EndTs <= 0 || q.Lookback <= 0 || len(q.Terms) > maxTerms {
			t.Errorf("%+v", q)
		}
		s.store.Search(q)
	})
}
