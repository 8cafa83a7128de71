// Package spans sends a link's spans to the collector. It never blocks a request: spans wait in a bounded queue, and
// what does not fit, or is not taken, is counted as dropped. It is a reporter for zipkin-go, whose own only logs drops.
package spans

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openzipkin/zipkin-go/model"
)

// Options say where spans go and how many may wait. Zero values take the defaults given.
type Options struct {
	URL      string            // of the collector's POST /api/v2/spans
	Local    *model.Endpoint   // of spans that have none of their own; encoded once
	Tags     [][2]string       // key and value, added to each span; those without a value are left out
	Client   http.RoundTripper // default: a transport of its own
	Interval time.Duration     // between batches: 200 ms
	Batch    int               // spans that are sent without waiting for the interval: 1000
	MaxSpans int               // that wait at most: 20,000
	MaxBytes int               // that they take at most: 16 MiB
	Timeout  time.Duration     // of one request to the collector: 5 s
	Log      *slog.Logger      // default slog.Default
}

// Reasons for which spans are dropped.
const (
	QueueFull   = "queue_full"  // the collector is slower than the requests, or away for long
	Refused     = "refused"     // it answered with an error
	Failed      = "failed"      // the request broke off; whether it was stored is not known
	Unreachable = "unreachable" // no connection, and the time to shut down was up
)

// Reporter queues, encodes and sends spans.
type Reporter struct {
	options Options
	encoder encoder
	queue   queue
	client  *http.Client
	own     *http.Transport // to close; nil when the client was given
	full    chan struct{}
	stop    chan struct{}
	stopped sync.Once
	limit   context.Context // ends when shutting down takes too long
	giveUp  context.CancelFunc
	done    chan struct{}
	down    bool // the last request failed; of the sending goroutine

	sent        atomic.Uint64
	queueFull   atomic.Uint64
	refused     atomic.Uint64
	failed      atomic.Uint64
	unreachable atomic.Uint64
}

// New starts a reporter. Shutdown ends it.
func New(o Options) *Reporter {
	o.Interval = cmp.Or(o.Interval, 200*time.Millisecond)
	o.Batch = cmp.Or(o.Batch, 1000)
	o.MaxSpans = cmp.Or(o.MaxSpans, 20_000)
	o.MaxBytes = cmp.Or(o.MaxBytes, 16<<20)
	o.Timeout = cmp.Or(o.Timeout, 5*time.Second)
	o.Log = cmp.Or(o.Log, slog.Default())
	r := &Reporter{
		options: o,
		encoder: newEncoder(o.Local, o.Tags),
		queue:   queue{maxSpans: o.MaxSpans, maxBytes: o.MaxBytes, batchSpans: o.Batch, batchBytes: 1 << 20},
		full:    make(chan struct{}, 1),
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	if o.Client == nil {
		r.own = &http.Transport{
			DialContext:       (&net.Dialer{Timeout: 2 * time.Second}).DialContext,
			DisableKeepAlives: false, MaxIdleConns: 2, IdleConnTimeout: 30 * time.Second, DisableCompression: true,
		}
		o.Client = r.own
	}
	r.client = &http.Client{Transport: o.Client, Timeout: o.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r.limit, r.giveUp = context.WithCancel(context.Background())
	go r.run()
	return r
}

var scratch = sync.Pool{New: func() any { b := make([]byte, 0, 1024); return &b }}

// Send queues a span, or counts it as dropped. It never blocks, not even after Shutdown.
func (r *Reporter) Send(span model.SpanModel) {
	buf := scratch.Get().(*[]byte)
	*buf = r.encoder.append((*buf)[:0], &span)
	ok, full := r.queue.add(*buf)
	scratch.Put(buf)
	switch {
	case !ok:
		r.queueFull.Add(1)
	case full:
		select {
		case r.full <- struct{}{}:
		default:
		}
	}
}

// Close implements zipkin-go's reporter: Shutdown with 5 s. It may be called more than once.
func (r *Reporter) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return r.Shutdown(ctx)
}

// Shutdown sends what is queued and ends the reporter. What could not be sent when ctx ends is counted as dropped,
// and the error says how many. Spans that come later are dropped.
func (r *Reporter) Shutdown(ctx context.Context) error {
	r.queue.close()
	r.stopped.Do(func() { close(r.stop) })
	select {
	case <-r.done:
	case <-ctx.Done():
		r.giveUp()
		<-r.done
	}
	r.giveUp()
	if r.own != nil {
		r.own.CloseIdleConnections()
	}
	if n := r.unreachable.Load(); n > 0 {
		return fmt.Errorf("%d spans were not sent before the shutdown's time was up", n)
	}
	return nil
}

// Sent is how many spans the collector accepted.
func (r *Reporter) Sent() uint64 { return r.sent.Load() }

// Dropped is how many spans were lost, by reason.
func (r *Reporter) Dropped() map[string]uint64 {
	return map[string]uint64{QueueFull: r.queueFull.Load(), Refused: r.refused.Load(),
		Failed: r.failed.Load(), Unreachable: r.unreachable.Load()}
}

// Queued is how many spans wait to be sent.
func (r *Reporter) Queued() int { return r.queue.length() }

func (r *Reporter) run() {
	defer close(r.done)
	tick := time.NewTicker(r.options.Interval)
	defer tick.Stop()
	for {
		select {
		case <-r.full:
			r.drain(true)
		case <-tick.C:
			r.drain(false)
		case <-r.stop:
			r.drain(false)
			return
		}
	}
}

// drain sends the batches that are there.
func (r *Reporter) drain(onlyFull bool) {
	for b := r.queue.take(onlyFull); b != nil; b = r.queue.take(onlyFull) {
		r.send(b)
		r.queue.reuse(b)
	}
}

// send posts one batch. While the collector can't be connected to, nothing was sent, and it tries again; meanwhile the
// queue fills, and then drops. Anything else that goes wrong loses the batch: sending twice would store spans twice.
func (r *Reporter) send(b *batch) {
	pause := r.options.Interval
	for {
		err := r.post(b.body)
		r.report(err)
		var status statusError
		switch {
		case err == nil:
			r.sent.Add(uint64(b.spans))
			return
		case errors.As(err, &status):
			r.refused.Add(uint64(b.spans))
			return
		case r.limit.Err() != nil:
			r.unreachable.Add(uint64(b.spans))
			return
		case !neverConnected(err):
			r.failed.Add(uint64(b.spans))
			return
		}
		if !r.wait(pause) {
			r.unreachable.Add(uint64(b.spans))
			return
		}
		pause = min(2*pause, 2*time.Second)
	}
}

// wait is false once shutting down has taken too long. The first sign to stop cuts the wait short.
func (r *Reporter) wait(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-r.stop:
		t.Reset(min(d, r.options.Interval))
	case <-t.C:
		return true
	case <-r.limit.Done():
		return false
	}
	select {
	case <-t.C:
		return true
	case <-r.limit.Done():
		return false
	}
}
