//go:build zipkin

package contract

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var autocompleteKeys = []string{"zone", "environment"}

// question is one request; its name is in the messages of failures.
type question struct {
	name   string
	method string // GET, or POST where there is a body
	path   string // /api/v2/spans where there is a body
	body   string
	header []string // names and values in turn
	sorted bool     // compare the bodies as sets of objects, whose order Zipkin leaves to chance
}

// reply is what is compared.
type reply struct {
	Status int
	Body   string // unpacked
	Header map[string]string
}

// compared are the headers that mean something to a client.
var compared = []string{"Content-Type", "Content-Encoding", "Cache-Control", "Location", "Access-Control-Allow-Origin",
	"Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers",
	"Access-Control-Max-Age"}

var client = &http.Client{
	Timeout:       30 * time.Second,
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (q question) ask(t *testing.T, server string) reply {
	t.Helper()
	method, path := q.method, q.path
	if q.body != "" && method == "" {
		method = http.MethodPost
	}
	if path == "" {
		path = "/api/v2/spans"
	}
	request, err := http.NewRequestWithContext(t.Context(), method, server+path, strings.NewReader(q.body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(q.header); i += 2 {
		request.Header.Set(q.header[i], q.header[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatalf("%s: %v", q.name, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	result := reply{Status: response.StatusCode, Header: map[string]string{}}
	for _, name := range compared {
		if value := response.Header.Get(name); value != "" {
			result.Header[name] = value
		}
	}
	if response.Header.Get("Content-Encoding") == "gzip" {
		unpacker, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(unpacker); err != nil {
			t.Fatal(err)
		}
	}
	result.Body = string(body)
	if q.sorted {
		objects := strings.Split(strings.TrimSuffix(strings.TrimPrefix(result.Body, "[{"), "}]"), "},{")
		slices.Sort(objects)
		result.Body = strings.Join(objects, "},{")
	}
	if response.Header.Get("Content-Encoding") == "br" {
		result.Body = "" // it is enough to know
	}
	return result
}

// same asks both. Zipkin stores after it has answered, so that an answer may take a moment to become what it should be.
func (p pair) same(t *testing.T, questions ...question) {
	t.Helper()
	for _, q := range questions {
		if q.name == "" {
			q.name = strings.TrimSpace(fmt.Sprintf("%s %s %.300s", q.method, q.path, q.body))
		}
		builtin := q.ask(t, p.builtin.URL)
		var diff string
		for until := time.Now().Add(time.Second); ; {
			if diff = cmp.Diff(q.ask(t, p.zipkin.URL), builtin); diff == "" || q.body != "" || time.Now().After(until) {
				break
			}
		}
		if diff != "" {
			t.Errorf("%s (- Zipkin, + built-in):\n%s", q.name, diff)
		}
	}
}

// post sends spans to both and waits until Zipkin shows the trace.
func (p pair) post(t *testing.T, trace, list string) {
	t.Helper()
	p.same(t, question{body: list})
	seen := question{path: "/api/v2/trace/" + trace}
	want := seen.ask(t, p.builtin.URL)
	for until := time.Now().Add(time.Second); time.Now().Before(until); {
		if cmp.Equal(seen.ask(t, p.zipkin.URL), want) {
			return
		}
	}
	t.Errorf("posted %.200s:\n%s", list, cmp.Diff(seen.ask(t, p.zipkin.URL), want))
}

func gzipped(text string) string {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return packed.String()
}
