package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
)

// subject is one thing to measure: the processes it takes besides the backend, and which of them is charged.
type subject struct {
	name  string
	hop   string // "" direct, "proxy", "proxy-tuned", "link"
	env   []string
	links int  // of the chain, backend included
	spans bool // spans are collected, and must all arrive
}

const baseline = "reverse proxy"

var subjects = []subject{
	{name: "direct"},
	{name: baseline, hop: "proxy"},
	{name: "reverse proxy, buffers pooled, the link's GOGC", hop: "proxy-tuned", env: []string{"GOGC=400"}},
	{name: "link, unsampled", hop: "link", links: 2, env: []string{"CHAIN_LINK_SAMPLE_RATE=0"}},
	{name: "link, every request traced", hop: "link", links: 2, spans: true},
	{name: "two links, every request traced", hop: "link", links: 3, spans: true},
}

// body is what a chain's tail answers.
const body = `{"message": "You have reached the final chain link chain-link-service-1"}`

// serveRole is a child process: the backend, or a proxy to it.
func serveRole(role string) {
	listen, target := os.Getenv("BENCH_LISTEN"), os.Getenv("BENCH_TARGET")
	var h http.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = []string{"application/json"}
		_, _ = w.Write([]byte(body))
	})
	if role != "backend" {
		u, err := url.Parse(target)
		if err != nil {
			log.Fatal(err)
		}
		proxy := &httputil.ReverseProxy{
			Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(u) },
			Transport: &http.Transport{MaxIdleConnsPerHost: 1024, DisableCompression: true}, // without: a connection a request
		}
		if role == "proxy-tuned" {
			proxy.BufferPool = &pool{}
		}
		h = proxy
	}
	log.Fatal(http.ListenAndServe(listen, h)) //nolint:gosec // a benchmark's own loopback server
}

type pool struct{ sync.Pool }

func (p *pool) Get() []byte {
	if b, ok := p.Pool.Get().(*[]byte); ok {
		return *b
	}
	return make([]byte, 32<<10)
}

func (p *pool) Put(b []byte) { p.Pool.Put(&b) }
