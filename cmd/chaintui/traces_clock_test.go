package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/collector"
)

// ahead serves a collector on a machine whose clock is ahead of ours, with a trace that has settled there and a newer one
// that may still grow.
func ahead(t *testing.T, by time.Duration) (url string) {
	t.Helper()
	inner := collector.New(collector.Options{}).Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(by).UTC().Format(http.TimeFormat))
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	var spans []string
	for id, before := range map[string]time.Duration{"5e771ed": 20 * time.Second, "a": 50 * time.Millisecond} {
		at := time.Now().Add(by - before).UnixMicro()
		spans = append(spans, fmt.Sprintf(`{"traceId":%q,"id":"1","timestamp":%d,"duration":5000,"localEndpoint":{"serviceName":"caller"}},
			{"traceId":%q,"id":"2","parentId":"1","kind":"CLIENT","timestamp":%d,"duration":3000,"localEndpoint":{"serviceName":"caller"},"remoteEndpoint":{"serviceName":"called"}}`, id, at, id, at))
	}
	post(t, server.URL, spans)
	return server.URL
}

func TestTheNewestIsByTheServersClock(t *testing.T) {
	for _, by := range []time.Duration{0, time.Hour, -time.Hour} {
		url := ahead(t, by)
		for _, c := range [][]string{{"show", "slowest"}, {"stats"}, {"flame"}, {"check"}, {"compare", "a", "median"}} {
			out, errs, code := drawTraces(t, url, append(c, "-o", "json")...)
			if code != exitHealthy {
				t.Errorf("ahead by %v: %v: exit code %d: %s%s", by, c, code, out, errs)
				continue
			}
			var d struct {
				Trace      struct{ TraceID string }
				Traces     []struct{ TraceID string }
				Statistics struct{ Traces struct{ Count int } }
				Comparison struct{ Set int }
			}
			if err := json.NewDecoder(bytes.NewBufferString(out)).Decode(&d); err != nil {
				t.Fatal(err)
			}
			if got := len(d.Traces) + d.Statistics.Traces.Count + d.Comparison.Set; got != 1 && d.Trace.TraceID != "0000000005e771ed" {
				t.Errorf("ahead by %v: %v: %d traces: %s", by, c, got, out)
			}
		}
		if out, errs, _ := drawTraces(t, url, "map"); !strings.Contains(out, "called") {
			t.Errorf("ahead by %v: map: %s%s", by, out, errs)
		}
	}
}
