package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/collector"
)

// What a list shows of an id, cut where it has no room, names the trace.
func TestATraceIsNamedByTheBeginningOfItsID(t *testing.T) {
	server := httptest.NewServer(collector.New(collector.Options{}).Handler())
	defer server.Close()
	now := time.Now().Add(-10 * time.Second).UnixMicro()
	var spans []string
	for _, id := range []string{"00c3f1c9a2e4f1c9a2e4f1c9a2e4f1c1", "77b3f1c9a2e4f1c9a2e4f1c9a2e4f1c2", "77b4f1c9a2e4f1c9a2e4f1c9a2e4f1c3", "77b5"} {
		spans = append(spans, fmt.Sprintf(`{"traceId":%q,"id":"1","timestamp":%d,"duration":5000}`, id, now))
	}
	post(t, server.URL, spans)
	out, _, _ := drawTraces(t, server.URL, "list", "--width", "80")
	for line := range strings.Lines(out) {
		id, _, cut := strings.Cut(line, "…")
		if !cut {
			continue
		}
		shown, errs, code := drawTraces(t, server.URL, "show", strings.TrimSpace(id)+"…", "--width", "120")
		if code != exitHealthy || !strings.Contains(shown, "trace ") || !strings.Contains(shown, strings.TrimSpace(id)) {
			t.Errorf("%q: exit code %d: %s%s", id, code, shown, errs)
		}
	}
	for name, want := range map[string]string{"77B3": "77b3f1c9a2e4f1c9", "0c3f": "00c3f1c9a2e4f1c9", "77b5": "00000000000077b5", "77b": "3 of the newest traces begin with 77b", "9": "none of its newest begins so"} {
		out, errs, code := drawTraces(t, server.URL, "show", name)
		if !strings.Contains(out+errs, want) || (code == exitHealthy) != (out != "") {
			t.Errorf("%s: exit code %d: %s%s", name, code, out, errs)
		}
	}
}

// A search says what its answer is not: all there is, or of a service that is there.
func TestASearchIsHonest(t *testing.T) {
	server := httptest.NewServer(collector.New(collector.Options{}).Handler())
	defer server.Close()
	var spans []string
	for id := range 5 {
		spans = append(spans, fmt.Sprintf(`{"traceId":"%d","id":"1","timestamp":%d,"duration":5000,"localEndpoint":{"serviceName":"orders"}}`, id+1, time.Now().Add(-10*time.Second).UnixMicro()))
	}
	post(t, server.URL, spans)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"stats", "--limit", "3"}, "these are the 3 newest traces: there may be more"},
		{[]string{"list", "--limit", "3", "-o", "json"}, "these are the 3 newest traces: there may be more"},
		{[]string{"stats"}, ""},
		{[]string{"list", "--service", "Order"}, "the collector knows no service Order; it knows orders"},
		{[]string{"check", "--service", "order"}, "the collector knows no service order; it knows orders"},
		{[]string{"list", "--service", "Orders", "--span", "none"}, ""},
	} {
		if _, errs, _ := drawTraces(t, server.URL, c.args...); !strings.Contains(errs, c.want) || (c.want == "") != (errs == "") {
			t.Errorf("%v: %q, want %q", c.args, errs, c.want)
		}
	}
}

// post sends spans to a collector.
func post(t *testing.T, url string, spans []string) {
	t.Helper()
	res, err := http.Post(url+"/api/v2/spans", "application/json", strings.NewReader("["+strings.Join(spans, ",")+"]"))
	if err != nil || res.StatusCode != http.StatusAccepted {
		t.Fatal(res, err)
	}
	_ = res.Body.Close()
}
