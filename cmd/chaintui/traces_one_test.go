package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
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
	for name, want := range map[string]string{"77B3": "77b3f1c9a2e4f1c9", "0c3f": "00c3f1c9a2e4f1c9", "77b5": "00000000000077b5", "77b": "3 of the newest traces begin with 77b", "9": "none of its newest 1000 begins so"} {
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

// At a collector that several chains share, the newest and the slowest trace are the chain's own.
func TestAnotherChainsTracesAreNotNamed(t *testing.T) {
	server := httptest.NewServer(collector.New(collector.Options{}).Handler())
	defer server.Close()
	span := func(id int, namespace string, age time.Duration) string {
		return fmt.Sprintf(`{"traceId":"%d","id":"%d","timestamp":%d,"duration":%d,"localEndpoint":{"serviceName":"chain-link-service-0"},"tags":{%q:%q}}`,
			id, id, time.Now().Add(-age).UnixMicro(), id*1000, chain.NamespaceTag, namespace)
	}
	post(t, server.URL, []string{span(1, "mine", 20*time.Second), span(2, "mine", 30*time.Second), span(3, "other", 10*time.Second)})
	api, err := zipkin.NewAPI(server.URL, nil, zipkin.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for namespace, want := range map[string][2]string{"mine": {"1", "2"}, "other": {"3", "3"}, "": {"3", "3"}} {
		a := &app{out: io.Discard, err: io.Discard, chain: namespace}
		newest, err := a.newest(t.Context(), api)
		if err != nil {
			t.Fatal(err)
		}
		slowest, err := a.slowest(t.Context(), api)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range []zipkin.List{newest, slowest} {
			if got := strings.TrimLeft(l.Spans[0].TraceID, "0"); got != want[i] {
				t.Errorf("in %q: trace %s, want %s", namespace, got, want[i])
			}
		}
	}
	if _, err := (&app{chain: "third"}).newest(t.Context(), api); !errors.Is(err, errNoTraces) {
		t.Errorf("of a chain without traces: %v", err)
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
