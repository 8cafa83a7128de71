package kube

import (
	"errors"
	"net/http"
	"sync"
	"time"

	utilnet "k8s.io/apimachinery/pkg/util/net"
)

// requests knows which requests are under way. client-go leaves a list to itself when its context ends, and a
// credential plugin with it, which looks at os.Stdin.
type requests struct {
	mu     sync.Mutex
	under  int
	closed bool
	none   chan struct{} // closed once it is closed and nothing is under way
}

// errClosed answers requests after Close.
var errClosed = errors.New("the connection to the cluster has been closed")

// carried are requests that are counted.
type carried struct {
	*requests
	next http.RoundTripper
}

var _ utilnet.RoundTripperWrapper = carried{}

func (c carried) WrappedRoundTripper() http.RoundTripper { return c.next }

// RoundTrip counts the request until it is answered; its body may be read for longer.
func (c carried) RoundTrip(r *http.Request) (*http.Response, error) {
	if !c.begin() {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, errClosed
	}
	defer c.end()
	return c.next.RoundTrip(r)
}

func (r *requests) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.under++
	}
	return !r.closed
}

func (r *requests) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.under--
	if r.closed && r.under == 0 {
		close(r.none)
	}
}

// refuse refuses further requests.
func (r *requests) refuse() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.closed, r.none = true, make(chan struct{})
	if r.under == 0 {
		close(r.none)
	}
}

// wait waits for the requests under way once others are refused; not for long, since a plugin may take its time.
func (r *requests) wait(within time.Duration) {
	select {
	case <-r.none:
	case <-time.After(within):
	}
}
