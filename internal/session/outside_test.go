package session

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestServiceOf(t *testing.T) {
	for host, want := range map[string]string{
		"zipkin": "zipkin mine", "zipkin.tracing": "zipkin tracing", "zipkin.tracing.svc": "zipkin tracing",
		"zipkin.tracing.svc.cluster.local": "zipkin tracing", "zipkin.tracing.svc.cluster.local.": "zipkin tracing",
		"zipkin.example.com": "", "10.0.0.7": "", "fd00::7": "", "localhost": "",
	} {
		name, namespace := serviceOf(host, "mine")
		if got := strings.TrimSpace(name + " " + namespace); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}

// What the API server says of its own is told from what a collector says, and that can still be read.
func TestRefused(t *testing.T) {
	const status = `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"services \"z\" not found","reason":"NotFound","code":404}`
	for _, test := range []struct {
		code    int
		body    string
		refused bool
	}{{404, status, true}, {403, status, true}, {404, "trace not found", false}, {404, `{"kind":"Other"}`, false}, {503, status, false}, {200, "[]", false}} {
		res := &http.Response{StatusCode: test.code, Body: io.NopCloser(strings.NewReader(test.body))}
		err := refused(res)
		if noWay(err) != test.refused {
			t.Errorf("%d %s: %v", test.code, test.body, err)
		}
		if left, _ := io.ReadAll(res.Body); !test.refused && string(left) != test.body {
			t.Errorf("%d: %q is left of %q", test.code, left, test.body)
		}
	}
}
