package main

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// service balances connections among the replicas that are ready, as kube-proxy does for a Service.
type service struct {
	address  string
	mu       sync.Mutex
	replicas []*process
	ready    []*process
	next     int
}

func newService(t *testing.T, replicas ...*process) *service {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &service{address: l.Addr().String(), replicas: replicas, ready: replicas}
	stop := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				s.probe()
			}
		}
	})
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.connect(c) })
		}
	})
	t.Cleanup(func() { close(stop); _ = l.Close(); all.Wait() })
	return s
}

func (s *service) probe() {
	var ready []*process
	for _, p := range s.replicas {
		if p.status("/readiness") == 200 {
			ready = append(ready, p)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = ready
}

func (s *service) connect(from net.Conn) {
	defer from.Close()
	s.mu.Lock()
	if len(s.ready) == 0 {
		s.mu.Unlock()
		return
	}
	s.next++
	to := s.ready[s.next%len(s.ready)].address
	s.mu.Unlock()
	backend, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer backend.Close()
	var copying sync.WaitGroup
	copying.Go(func() {
		_, _ = io.Copy(backend, from)
		_ = backend.(*net.TCPConn).CloseWrite()
	})
	_, _ = io.Copy(from, backend)
	_ = from.(*net.TCPConn).CloseWrite()
	_ = from.(*net.TCPConn).CloseRead()
	copying.Wait()
}
