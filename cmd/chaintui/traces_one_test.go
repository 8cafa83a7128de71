package main

import (
	"fmt"
	"io"
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
	res, err := http.Post(server.URL+"/api/v2/spans", "application/json", strings.NewReader("["+strings.Join(spans, ",")+"]"))
	if err != nil || res.StatusCode != http.StatusAccepted {
		t.Fatal(res, err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
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
