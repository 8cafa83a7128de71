package collector

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask sends a request straight to the handler.
func ask(t *testing.T, handler http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

const span = `{"traceId":"000000000000000a","id":"0000000000000001","kind":"SERVER","name":"get /","timestamp":1000000,` +
	`"duration":5000,"localEndpoint":{"serviceName":"link-0","ipv4":"10.0.0.1","port":8000},"tags":{"error":"","http.path":"/"}}`

func TestPostedSpanIsFound(t *testing.T) {
	h := New(Options{}).Handler()
	if w := ask(t, h, "POST", "/api/v2/spans", "["+span+"]"); w.Code != http.StatusAccepted || w.Body.Len() != 0 {
		t.Fatalf("POST: %d %q", w.Code, w.Body)
	}
	for target, want := range map[string]string{
		"/api/v2/trace/a":                                   "[" + span + "]",
		"/zipkin/api/v2/trace/a":                            "[" + span + "]",
		"/api/v2/traces?endTs=2000&lookback=2000":           "[[" + span + "]]",
		"/api/v2/traces?endTs=2000&annotationQuery=error":   "[[" + span + "]]",
		"/api/v2/traces?endTs=2000&annotationQuery=error=x": "[]",
		"/api/v2/traces?endTs=900":                          "[]",
		"/api/v2/services":                                  `["link-0"]`,
		"/api/v2/spans?serviceName=LINK-0":                  `["get /"]`,
		"/health":                                           health,
	} {
		if w := ask(t, h, "GET", target, ""); w.Code != http.StatusOK || w.Body.String() != want {
			t.Errorf("GET %s: %d %s, want %s", target, w.Code, w.Body, want)
		}
	}
}
