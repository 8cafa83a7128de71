package watch

import (
	"context"
	"errors"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
)

// How a source stands: what its reflector reports of its tries.

func (s *source) up() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watching, s.err, s.refusals = true, nil, 0
	s.w.mark()
}

func (s *source) down() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watching, s.lost = false, time.Now()
	s.w.mark()
	s.w.health.doubt()
}

// complete says that the objects have been read.
func (s *source) complete() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = true
	s.replaced++
	s.settle()
	s.w.mark()
}

// arrival notes that an initial object has come in.
func (s *source) arrival() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.arrived = true
}

func (s *source) failed(err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, errStalled) {
		return
	}
	err = kube.Classify(err)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
	switch {
	case kube.Is[*kube.Forbidden](err):
		s.refusals++
		s.w.health.alive()
		s.settle()
	case kube.Is[*kube.Unreachable](err):
		s.w.health.doubt()
	}
	s.w.mark()
}

// settle tells those that wait for the objects, or for the news that they can't be read. s.mu is held.
func (s *source) settle() {
	if !s.known {
		s.known = true
		close(s.synced)
	}
}

func (s *source) settled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known
}

func (s *source) error() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *source) isPlain() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.plain
}

// denied is the right that is missing; nil when none is, or when it may be a server that only starts.
func (s *source) denied() *kube.Forbidden {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read && s.refusals <= forgiven {
		return nil
	}
	var f *kube.Forbidden
	errors.As(s.err, &f)
	return f
}

// away is since when it does not watch; zero while it does.
func (s *source) away() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watching {
		return time.Time{}
	}
	return s.lost
}
