//go:build zipkin

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// load is what is sent: traces of a chain of six links, each hop with its client's and server's half, 11 spans a trace,
// tagged as links tag them.
type load struct {
	spans, batch int
	gzip         bool
}

const (
	links   = 6
	senders = 4
)

func (l load) send(ctx context.Context, url string, pass int) error {
	group, ctx := errgroup.WithContext(ctx)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}
	defer client.CloseIdleConnections()
	start := time.Now().Add(-time.Hour).UnixMicro() + int64(pass)*int64(time.Minute/time.Microsecond)
	for sender := range senders {
		group.Go(func() error {
			source := &spanSource{random: rand.New(rand.NewPCG(uint64(pass), uint64(sender))), at: start}
			for sent := 0; sent < l.spans/senders; sent += l.batch {
				if err := l.post(ctx, client, url, source.list(min(l.batch, l.spans/senders-sent))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (l load) post(ctx context.Context, client *http.Client, url string, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v2/spans", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if l.gzip {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
		_, _ = w.Write(body)
		_ = w.Close()
		body = packed.Bytes()
		request.Header.Set("Content-Encoding", "gzip")
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	request.ContentLength = int64(len(body))
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusAccepted {
		return fmt.Errorf("status %s", response.Status)
	}
	return nil
}

// spanSource writes spans one by one.
type spanSource struct {
	random        *rand.Rand
	at            int64
	high, low     uint64
	span          int
	parent, above uint64
}

func (s *spanSource) list(n int) []byte {
	out := []byte{'['}
	for i := range n {
		if i > 0 {
			out = append(out, ',')
		}
		out = s.append(out)
	}
	return append(out, ']')
}

func (s *spanSource) append(out []byte) []byte {
	if s.span == 0 {
		s.high, s.low, s.parent = s.random.Uint64()|1<<63, s.random.Uint64(), 0
		s.at += 1000 + s.random.Int64N(4000)
	}
	link, kind, shared := (s.span+1)/2, "SERVER", s.span > 0
	id := s.above
	if s.span == 0 {
		id = s.low
	}
	if s.span%2 == 1 { // the client's half of a hop, in the link before
		link, kind, shared = s.span/2, "CLIENT", false
		id, s.parent = s.random.Uint64(), id
	}
	s.above = id
	out = fmt.Appendf(out, `{"traceId":"%016x%016x","id":"%016x"`, s.high, s.low, id)
	if s.span > 0 {
		out = fmt.Appendf(out, `,"parentId":"%016x"`, s.parent)
	}
	out = fmt.Appendf(out, `,"kind":"%s","name":"get /forward","timestamp":%d,"duration":%d,"localEndpoint":{"serviceName":"link-%d","ipv4":"10.244.0.%d"}`,
		kind, s.at+int64(s.span)*150, 20000-s.random.Int64N(1000)-int64(s.span)*1500, link, 10+link)
	if kind == "CLIENT" {
		out = fmt.Appendf(out, `,"remoteEndpoint":{"ipv4":"10.96.12.%d","port":80}`, 40+link)
	} else {
		out = fmt.Appendf(out, `,"remoteEndpoint":{"ipv4":"10.244.0.%d","port":%d}`, 9+link, 30000+s.random.IntN(20000))
	}
	out = fmt.Appendf(out, `,"tags":{"http.method":"GET","http.path":"/forward","http.status_code":"200","k8s.namespace":"chain-link","k8s.node":"worker-%d","k8s.pod":"link-%d-6d8f9c7b5d-x%dk2p"}`,
		link%3, link, link)
	if shared {
		out = append(out, `,"shared":true`...)
	}
	s.span = (s.span + 1) % (2*links - 1)
	return append(out, '}')
}
