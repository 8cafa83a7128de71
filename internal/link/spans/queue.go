package spans

import (
	"sync"
)

// batch is a JSON array of spans in the making, sent as one request.
type batch struct {
	body  []byte // "[{...},{...}": the closing bracket comes when it is sent
	spans int
}

// queue holds encoded spans until they are sent, bounded in spans and bytes.
type queue struct {
	mu     sync.Mutex
	ready  []*batch // oldest first; only the last may still grow
	spans  int
	bytes  int
	closed bool
	spare  []*batch

	maxSpans, maxBytes, batchSpans, batchBytes int
}

// add queues one encoded span. full tells that a batch is now complete, and need not wait for its time.
func (q *queue) add(span []byte) (ok, full bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.spans >= q.maxSpans || q.bytes+len(span) > q.maxBytes {
		return false, false
	}
	b := q.last()
	if b.spans > 0 {
		b.body = append(b.body, ',')
	}
	b.body = append(b.body, span...)
	b.spans++
	q.spans++
	q.bytes += len(span)
	return true, q.complete(b)
}

func (q *queue) complete(b *batch) bool {
	return b.spans >= q.batchSpans || len(b.body) >= q.batchBytes
}

func (q *queue) last() *batch {
	if n := len(q.ready); n > 0 && !q.complete(q.ready[n-1]) {
		return q.ready[n-1]
	}
	b := &batch{}
	if n := len(q.spare); n > 0 {
		b, q.spare = q.spare[n-1], q.spare[:n-1]
	}
	b.body, b.spans = append(b.body[:0], '['), 0
	q.ready = append(q.ready, b)
	return b
}

// take removes the oldest batch; nil when there is none. With onlyFull, one that is not yet complete stays.
func (q *queue) take(onlyFull bool) *batch {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.ready) == 0 || (onlyFull && !q.complete(q.ready[0])) {
		return nil
	}
	b := q.ready[0]
	q.ready = append(q.ready[:0], q.ready[1:]...)
	q.spans -= b.spans
	q.bytes -= len(b.body)
	if q.spans == 0 {
		q.bytes = 0 // commas and brackets are not counted on the way in
	}
	b.body = append(b.body, ']')
	return b
}

// reuse gives a sent batch's memory back; a few are kept.
func (q *queue) reuse(b *batch) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.spare) < 4 {
		q.spare = append(q.spare, b)
	}
}

// close refuses what comes from now on.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
}

// length is how many spans wait.
func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.spans
}
