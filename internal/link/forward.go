package link

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/openzipkin/zipkin-go"

	"github.com/chaintui/chaintui/internal/link/trace"
)

// passed are the headers of an answer that go back to the caller with its status and body.
var passed = [...]string{"Content-Type", "Content-Encoding", "Retry-After"}

// buffers hold answers' bodies. What does not fit is streamed.
var buffers = sync.Pool{New: func() any { b := make([]byte, 16<<10); return &b }}

// forward calls the next link, once, and passes its answer on.
func (x *exchange) forward(ctx context.Context, deadline time.Time) {
	rt := x.route
	passedLinks := hops(x.r.Header)
	if passedLinks >= rt.length { // of a chain's links, fewer than all can come before one that calls on
		text := x.link.options.Service + ": the request has passed " + strconv.Itoa(passedLinks) + " links of a chain of " + strconv.Itoa(rt.length) + "; it goes round in a circle"
		x.fail(message(http.StatusLoopDetected, text), text)
		return
	}
	left := time.Until(deadline) - margin
	if left < time.Millisecond {
		<-ctx.Done()
		x.interrupted(ctx, "had no time left to call "+rt.next)
		return
	}
	call := &http.Request{Method: http.MethodGet, URL: rt.url, Host: rt.next, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	call.Header = x.callHeaders(passedLinks+1, left)
	var span zipkin.Span
	if x.span != nil {
		span = x.link.tracing.client(x.span, rt.remote)
		trace.Inject(call.Header, span.Context())
		trace.PassOn(call.Header, x.r.Header)
	} else {
		trace.PassThrough(call.Header, x.r.Header)
	}
	status, err := x.pass(call.WithContext(ctx))
	if span != nil && !zipkin.IsNoop(span) {
		reason := ""
		if err != nil {
			reason = err.Error()
		}
		span.Tag("http.method", http.MethodGet)
		span.Tag("http.path", forwardPath)
		tagOutcome(span, status, reason)
		span.Finish()
	}
	x.unreached(ctx, err)
}

func (x *exchange) callHeaders(hop int, left time.Duration) http.Header {
	h := make(http.Header, 12)
	values := []string{strconv.Itoa(hop), strconv.FormatInt(left.Milliseconds(), 10)}
	h[HopsHeader], h[TimeoutHeader] = values[0:1:1], values[1:2:2]
	h[CurrentServiceHeader] = x.route.current
	h["User-Agent"] = x.link.userAgent
	return h
}

// unreached answers for a next link that did not, unless its answer was already on the way to the caller.
func (x *exchange) unreached(ctx context.Context, err error) {
	switch {
	case err == nil:
	case x.status != 0: // the rest of the body is missing: the caller must see that
		x.reason = err.Error()
		panic(http.ErrAbortHandler)
	case ctx.Err() != nil:
		x.interrupted(ctx, "waited for "+x.route.next)
	default:
		text := x.link.options.Service + " got no answer from " + x.route.next + ": " + cause(err)
		x.fail(message(http.StatusBadGateway, text), text)
	}
}

func cause(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it closed the connection"
	}
	return err.Error()
}

// pass makes the call and writes its answer to the caller. It returns the call's status, 0 without one.
func (x *exchange) pass(call *http.Request) (status int, err error) {
	resp, err := x.link.transport.RoundTrip(call)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	// Read before the status goes out, so that an answer that breaks off can still become a 502.
	n, err := readFull(resp.Body, *buf)
	whole := errors.Is(err, io.EOF)
	if err != nil && !whole {
		return resp.StatusCode, err
	}
	h := x.w.Header()
	for _, key := range passed {
		if v, ok := resp.Header[key]; ok {
			h[key] = v
		}
	}
	if _, ok := h["Content-Type"]; !ok {
		h["Content-Type"] = jsonType
	}
	switch {
	case resp.ContentLength >= 0:
		if v, ok := resp.Header["Content-Length"]; ok {
			h["Content-Length"] = v
		}
	case whole:
		h["Content-Length"] = []string{strconv.Itoa(n)}
	}
	x.status = resp.StatusCode
	x.w.WriteHeader(resp.StatusCode)
	if _, err := x.w.Write((*buf)[:n]); err != nil || whole {
		return resp.StatusCode, nil //nolint:nilerr // the caller has gone: nobody is left to tell
	}
	return resp.StatusCode, x.stream(resp.Body, *buf)
}

// stream copies the rest of a long body. Its error is of reading; a caller that has gone ends it without one.
func (x *exchange) stream(body io.Reader, buf []byte) error {
	for {
		n, err := body.Read(buf)
		if n > 0 {
			if _, err := x.w.Write(buf[:n]); err != nil {
				return nil //nolint:nilerr // see pass
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readFull reads until the buffer is full or the body ends, which is io.EOF.
func readFull(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	return n, err
}
