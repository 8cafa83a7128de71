//go:build zipkin

package contract

import (
	"net/http"
	"testing"
)

// TestPaths: what is served where, to which methods, and to pages of other origins.
func TestPaths(t *testing.T) {
	origin := []string{"Origin", "http://elsewhere"}
	preflight := func(method string) []string {
		return append(origin, "Access-Control-Request-Method", method, "Access-Control-Request-Headers", "content-type")
	}
	for _, path := range []string{"/health", "/actuator/health", "/zipkin/config.json", "/config.json", "/nothing", "/api", "/api/v2", "/api/v2/", "/api/v2/trace", "/api/v2/trace/",
		"/api/v2/services/", "//api/v2/services", "/api/v2//services", "/API/v2/services", "/api/v2/spans", "/zipkin/info", "/api/v2/trace/a/b", "/api/v3/services", "/api/v2/services?a=b", "/api/v2/../v2/services"} {
		standard.same(t, question{method: http.MethodGet, path: path}, question{method: http.MethodGet, path: path, header: origin})
	}
	for _, path := range []string{"/api/v2/services", "/api/v2/spans", "/api/v2/traces", "/health", "/info", "/zipkin/api/v2/spans", "/nothing"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"} {
			standard.same(t, question{method: method, path: path})
		}
		for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
			standard.same(t, question{method: "OPTIONS", path: path, header: preflight(method)})
		}
	}
	standard.same(t, question{body: "x", header: origin}, question{body: "[]", header: origin},
		question{path: "/api/v2/traces?limit=0", header: origin}, question{path: "/api/v2/services", header: []string{"Origin", "null"}},
		question{method: "OPTIONS", path: "/api/v2/spans", header: append(preflight("POST"), "Access-Control-Request-Headers", "x-other")})
}
