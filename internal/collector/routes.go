package collector

import (
	"net/http"
	"strings"
)

const (
	api         = "/api/v2/"
	tracePrefix = api + "trace/"
	jsonUTF8    = "application/json; charset=utf-8"
)

// newRoutes lists every path, without the ids of traces, by method and path.
func (s *Server) newRoutes() map[string]http.HandlerFunc {
	routes := map[string]http.HandlerFunc{
		"POST " + api + "spans":             s.postSpans,
		"GET /health":                       fixed(jsonUTF8, health),
		"GET /actuator/health":              fixed(actuatorType, health),
		"GET /info":                         fixed(jsonUTF8, infoOf(s.options.Version)),
		"GET /actuator/info":                fixed(actuatorType, infoOf(s.options.Version)),
		"GET /zipkin/config.json":           cached("max-age=600", fixed(jsonUTF8, config)),
		"GET /metrics":                      s.metrics.handler.ServeHTTP,
		"GET /prometheus":                   s.metrics.handler.ServeHTTP,
		"GET " + api + "services":           s.getServices,
		"GET " + api + "spans":              s.getSpanNames,
		"GET " + api + "remoteServices":     s.getRemoteServices,
		"GET " + api + "traces":             s.getTraces,
		"GET " + api + "traceMany":          s.getTraceMany,
		"GET " + api + "autocompleteKeys":   s.getAutocompleteKeys,
		"GET " + api + "autocompleteValues": s.getAutocompleteValues,
	}
	return routes
}

// ServeHTTP finds the handler. GETs of the API are served under /zipkin too, where Zipkin's web page asks.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if allowOrigin(w, r) {
		return
	}
	path := r.URL.Path
	if r.Method == http.MethodGet {
		if inner := strings.TrimPrefix(path, "/zipkin"); strings.HasPrefix(inner, api) {
			path = inner
		}
		if id, ok := strings.CutPrefix(path, tracePrefix); ok && id != "" && !strings.Contains(id, "/") {
			s.getTrace(w, r, id)
			return
		}
	}
	if handler, ok := s.routes[r.Method+" "+path]; ok {
		handler(w, r)
		return
	}
	plain(w, http.StatusNotFound, "404 Not Found")
}

// allowOrigin lets pages of any origin read answers and post spans. It answers a preflight request itself.
func allowOrigin(w http.ResponseWriter, r *http.Request) (answered bool) {
	if r.Header.Get("Origin") == "" {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Headers", "content-type,x-grpc-web")
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		h.Set("Access-Control-Allow-Methods", "GET,POST")
		h.Set("Access-Control-Max-Age", "0")
		w.WriteHeader(http.StatusOK)
		return true
	}
	h.Set("Access-Control-Expose-Headers", "grpc-status,grpc-message,armeria.grpc.throwableproto-bin")
	return false
}
