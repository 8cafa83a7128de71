// The original's link, as far as others can tell: what it serves, how it calls the next link, and its spans. It knows
// W3C trace context only, reads the order once, believes X-Current-Service, and has neither /livez nor /state.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

type span struct {
	TraceID       string            `json:"traceId"`
	ParentID      string            `json:"parentId,omitempty"`
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Kind          string            `json:"kind"`
	Timestamp     int64             `json:"timestamp"`
	Duration      int64             `json:"duration"`
	LocalEndpoint map[string]string `json:"localEndpoint"`
}

var (
	self  = os.Getenv("CHAIN_LINK_SERVICE_NAME")
	order []string
)

func main() {
	text, err := os.ReadFile("/etc/chain-link.conf.d/services.json")
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(text, &order); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /readiness", func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, "ok") })
	http.HandleFunc("GET /{$}", serve)
	http.HandleFunc("GET /forward", serve)
	log.Fatal(http.ListenAndServe(":8000", nil))
}

func serve(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	s := span{TraceID: id(16), ID: id(8), Name: r.Method + " " + r.URL.Path, Kind: "SERVER"}
	if parts := strings.Split(r.Header.Get("traceparent"), "-"); len(parts) == 4 {
		s.TraceID, s.ParentID = parts[1], parts[2]
	}
	defer func() { go report(s, began) }()
	current := r.Header.Get("X-Current-Service")
	if current == "" {
		current = self
	}
	i := slices.Index(order, current)
	switch {
	case i < 0:
		answer(w, 400, "Invalid service")
	case i == len(order)-1:
		answer(w, 200, "You have reached the final chain link "+self)
	default:
		call(w, s, order[i+1])
	}
}

func call(w http.ResponseWriter, parent span, next string) {
	began := time.Now()
	s := span{TraceID: parent.TraceID, ParentID: parent.ID, ID: id(8), Name: "GET", Kind: "CLIENT"}
	defer func() { go report(s, began) }()
	r, err := http.NewRequest(http.MethodGet, "http://"+next+"/forward", nil)
	if err != nil {
		answer(w, 500, err.Error())
		return
	}
	r.Header.Set("X-Current-Service", next)
	r.Header.Set("traceparent", "00-"+s.TraceID+"-"+s.ID+"-01")
	r.Close = true // each call is a connection of its own
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		answer(w, 500, err.Error())
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

func answer(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message})
}

func id(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// report sends the span late, as OpenTelemetry's batches are.
func report(s span, began time.Time) {
	s.Timestamp, s.Duration = began.UnixMicro(), max(time.Since(began).Microseconds(), 1)
	s.LocalEndpoint = map[string]string{"serviceName": self}
	time.Sleep(time.Second)
	body, err := json.Marshal([]span{s})
	if err != nil {
		log.Fatal(err)
	}
	response, err := http.Post("http://zipkin-service/api/v2/spans", "application/json", bytes.NewReader(body))
	if err != nil {
		log.Print(err)
		return
	}
	_ = response.Body.Close()
}
