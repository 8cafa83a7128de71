package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// result is what was measured of a subject, summed over rounds.
type result struct {
	requests, failed int64
	wall, cpu        time.Duration
	latency          *hdrhistogram.Histogram // µs, at the fixed rate
	sent, dropped    uint64
}

func (r *result) add(o *result) {
	r.requests += o.requests
	r.failed += o.failed
	r.wall += o.wall
	r.cpu += o.cpu
	r.sent += o.sent
	r.dropped += o.dropped
	r.latency.Merge(o.latency)
}

func measure(ctx context.Context, p plan, link string, sub subject) (*result, error) {
	s, err := prepare(link, sub)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	transport := &http.Transport{MaxIdleConnsPerHost: 4096, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	if n, failed := closedLoop(ctx, client, s.url, p.clients, time.Second); n == 0 || failed > 0 { // warm up
		return nil, fmt.Errorf("%d of %d requests failed", failed, n)
	}
	r := &result{}
	before, err := s.cpu()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	r.requests, r.failed = closedLoop(ctx, client, s.url, p.clients, p.time)
	r.wall = time.Since(began)
	after, err := s.cpu()
	if err != nil {
		return nil, err
	}
	r.cpu = after - before
	r.latency = openLoop(ctx, client, s.url, p.rate, p.time)
	if sub.spans {
		time.Sleep(time.Second) // so that the last batch is sent
		if r.sent, r.dropped, err = s.dropped(); err != nil {
			return nil, err
		}
	}
	return r, ctx.Err()
}

func (s *setup) cpu() (time.Duration, error) {
	if s.hop == nil {
		return 0, nil
	}
	return s.hop.cpu()
}

// closedLoop sends as much as the clients can, one request after the other each.
func closedLoop(ctx context.Context, client *http.Client, url string, clients int, d time.Duration) (requests, failed int64) {
	var mu sync.Mutex
	var all sync.WaitGroup
	until := time.Now().Add(d)
	for range clients {
		all.Go(func() {
			var n, bad int64
			for ctx.Err() == nil && time.Now().Before(until) {
				if get(client, url) != nil {
					bad++
				}
				n++
			}
			mu.Lock()
			defer mu.Unlock()
			requests += n
			failed += bad
		})
	}
	all.Wait()
	return requests, failed
}

// openLoop sends at a rate and measures from when each was due.
func openLoop(ctx context.Context, client *http.Client, url string, rate float64, d time.Duration) *hdrhistogram.Histogram {
	h := hdrhistogram.New(1, int64(time.Minute/time.Microsecond), 3)
	var mu sync.Mutex
	var all sync.WaitGroup
	began := time.Now()
	for i := range int(rate * d.Seconds()) {
		due := began.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		time.Sleep(time.Until(due))
		if ctx.Err() != nil {
			break
		}
		all.Go(func() {
			if get(client, url) != nil {
				return
			}
			us := time.Since(due).Microseconds()
			mu.Lock()
			defer mu.Unlock()
			_ = h.RecordValue(us)
		})
	}
	all.Wait()
	return h
}

func get(client *http.Client, url string) error {
	resp, err := client.Get(url) //nolint:noctx // ends with the loop
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP %d", resp.StatusCode)
	}
	return nil
}
