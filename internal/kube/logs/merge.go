package logs

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// hold is how long a line waits for older ones of other containers while a log is followed: a silent container can't
// say that it has none.
const hold = 250 * time.Millisecond

// opening is how long they wait for a log that is about to be opened.
const opening = 3 * time.Second

// queueSize is how many lines of one container wait at most. Its reader waits when they are too many.
const queueSize = 64

// merge puts several queues of lines in order of time.
type merge struct {
	follow bool
	wake   chan struct{} // holds a token when a queue has changed

	mu     sync.Mutex
	queues []*queue
	open   bool // more queues may come
}

// queue is the lines of one container, in their order.
type queue struct {
	m      *merge
	lines  chan Line
	head   *Line
	began  time.Time
	active time.Time // when head was last taken, or the log was seen to be open
	closed bool
	isOpen atomic.Bool
}

func newMerge(follow bool) *merge {
	return &merge{follow: follow, wake: make(chan struct{}, 1), open: true}
}

func (m *merge) add() *queue {
	m.mu.Lock()
	defer m.mu.Unlock()
	q := &queue{m: m, lines: make(chan Line, queueSize), began: time.Now()}
	m.queues = append(m.queues, q)
	return q
}

// finish says that no queue will be added.
func (m *merge) finish() {
	m.mu.Lock()
	m.open = false
	m.mu.Unlock()
	m.signal()
}

func (m *merge) signal() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// put waits until there is room.
func (q *queue) put(ctx context.Context, l Line) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case q.lines <- l:
		q.m.signal()
		return nil
	}
}

// opened says that the log answers, with lines or an error.
func (q *queue) opened() {
	if q.isOpen.CompareAndSwap(false, true) {
		q.m.signal()
	}
}

func (q *queue) close() {
	close(q.lines)
	q.m.signal()
}

// run sends the lines to out until ctx ends, or every queue is at its end and no more will come.
func (m *merge) run(ctx context.Context, out chan<- Line) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		q, wait, done := m.next(time.Now())
		switch {
		case done:
			return
		case q != nil:
			select {
			case <-ctx.Done():
				return
			case out <- *q.head:
			}
			q.head, q.active = nil, time.Now()
			continue
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
			return
		case <-m.wake:
		case <-timer.C:
		}
	}
}

// next is the queue whose line is due; nil when there is none yet, and then how long to wait at most for another look.
func (m *merge) next(now time.Time) (due *queue, wait time.Duration, done bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	wait = time.Hour
	early := false // a queue may have an older line in a moment
	for _, q := range m.queues {
		q.fill()
		if q.head != nil {
			if due == nil || q.head.Time.Before(due.head.Time) {
				due = q
			}
			continue
		}
		if left := q.patience(now); left > 0 {
			early, wait = true, min(wait, left)
		}
	}
	m.queues = slices.DeleteFunc(m.queues, func(q *queue) bool { return q.closed && q.head == nil })
	switch {
	case due == nil:
		return nil, time.Hour, !m.open && len(m.queues) == 0
	case early:
		return nil, wait, false
	}
	return due, 0, false
}

// patience is how long a queue without a line is waited for.
func (q *queue) patience(now time.Time) time.Duration {
	switch {
	case q.closed:
		return 0
	case !q.m.follow:
		return time.Hour // it will have a line, or close
	case !q.isOpen.Load():
		return opening - now.Sub(q.began)
	case q.active.IsZero():
		q.active = now
	}
	return hold - now.Sub(q.active)
}

// fill takes the next line, if there is one.
func (q *queue) fill() {
	if q.head != nil || q.closed {
		return
	}
	select {
	case l, ok := <-q.lines:
		if ok {
			q.head = &l
		} else {
			q.closed = true
		}
	default:
	}
}
