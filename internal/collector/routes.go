package collector

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

const (
	api         = "/api/v2/"
	tracePrefix = api + "trace/"
	jsonUTF8    = "application/json; charset=utf-8"
)

// handler answers a request whose query parameters are parsed.
type handler func(http.ResponseWriter, *http.Request, url.Values)

// newRoutes lists every path, without the ids of traces, by method and path.
func (s *Server) newRoutes() map[string]handler {
	return map[string]handler{
		"POST " + api + "spans":             s.postSpans,
		"GET /health":                       fixed(jsonUTF8, health),
		"GET /actuator/health":              fixed(actuatorType, health),
		"GET /info":                         fixed(jsonUTF8, infoOf(s.options.Version)),
		"GET /actuator/info":                fixed(actuatorType, infoOf(s.options.Version)),
		"GET /zipkin/config.json":           cached("max-age=600", fixed(jsonUTF8, config)),
		"GET /metrics":                      s.getMetrics,
		"GET /prometheus":                   s.getMetrics,
		"GET " + api + "services":           s.getServices,
		"GET " + api + "spans":              s.getSpanNames,
		"GET " + api + "remoteServices":     s.getRemoteServices,
		"GET " + api + "traces":             s.getTraces,
		"GET " + api + "traceMany":          s.getTraceMany,
		"GET " + api + "dependencies":       s.getDependencies,
		"GET " + api + "autocompleteKeys":   s.getAutocompleteKeys,
		"GET " + api + "autocompleteValues": s.getAutocompleteValues,
	}
}

// ServeHTTP finds the handler. GETs of the API are served under /zipkin too, where Zipkin's web page asks.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parameters, err := url.ParseQuery(strings.ReplaceAll(r.URL.RawQuery, ";", "%3B"))
	if err != nil || invalid(r.URL.Path) {
		plain(w, http.StatusBadRequest, "Status: 400\nDescription: Invalid request path\n")
		return
	}
	if allowOrigin(w, r) {
		return
	}
	path := repeatedSlashes.ReplaceAllString(r.URL.Path, "/")
	if r.Method == http.MethodGet {
		if inner := strings.TrimPrefix(path, "/zipkin"); strings.HasPrefix(inner, api) {
			path = inner
		}
		if id, ok := strings.CutPrefix(path, tracePrefix); ok && id != "" && !strings.Contains(id, "/") {
			s.getTrace(w, r, id)
			return
		}
	}
	method := r.Method
	if method == http.MethodHead && onlyRead(path) {
		method = http.MethodGet // net/http leaves the body out
	}
	switch handler, ok := s.routes[method+" "+path]; {
	case ok:
		handler(w, r, parameters)
	case r.Method == http.MethodTrace, r.Method != http.MethodGet && r.Method != http.MethodHead && onlyRead(path):
		plain(w, http.StatusMethodNotAllowed, "405 Method Not Allowed")
	default:
		plain(w, http.StatusNotFound, "404 Not Found")
	}
}

var repeatedSlashes = regexp.MustCompile("//+")

// invalid tells the paths that Zipkin's HTTP server refuses at once.
func invalid(path string) bool {
	return strings.ContainsFunc(path, unicode.IsControl) || strings.Contains(path+"/", "/../")
}

// onlyRead tells the paths that are files to Zipkin's HTTP server: they know GET and HEAD.
func onlyRead(path string) bool {
	return path == "/info" || path == "/actuator/info" || strings.HasPrefix(path, "/zipkin/")
}

// allowOrigin lets pages of any origin read answers and post spans. It answers a preflight request itself.
func allowOrigin(w http.ResponseWriter, r *http.Request) (answered bool) {
	if r.Header.Get("Origin") == "" {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	if r.Header.Get("Origin") == "null" { // a page of a file
		h.Set("Access-Control-Allow-Origin", "null")
	}
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
