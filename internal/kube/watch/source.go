package watch

import (
	"context"
	"errors"
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// How long a source waits before it tries again.
const (
	retryMin       = 200 * time.Millisecond
	retryMax       = 2 * time.Second
	retryForbidden = 15 * time.Second // rights seldom come while one waits
	steady         = 5 * time.Second  // a watch that lasted this long was all right
)

// stall is how long the objects of a WatchList may fail to arrive before a plain list is tried: a proxy that drops the
// bookmark at their end would have us wait for ever.
const stall = 3 * time.Second

var errStalled = errors.New("the initial objects of the watch stalled; listing them instead")

// source keeps the Builder's objects of one kind up to date.
type source struct {
	kind    state.Kind
	objects cache.ListWatch
	example runtime.Object
	w       *Watcher
	after   []*source     // starts once these have synced
	synced  chan struct{} // closed once the objects, or that they can't be read, are known

	mu       sync.Mutex
	read     bool // the objects have been read
	known    bool // synced is closed
	watching bool
	lost     time.Time // when watching ended
	err      error     // of the last try, classified; nil while watching
	refusals int       // Forbidden answers in a row
	plain    bool      // never WatchList again
	replaced int       // how often the objects have been read
	arrived  bool      // an object arrived since the stall timer last looked
}

// run lists and watches until ctx ends.
func (s *source) run(ctx context.Context) {
	for _, other := range s.after {
		select {
		case <-ctx.Done():
			return
		case <-other.synced:
		}
	}
	lister := &cache.ListWatch{ListWithContextFunc: s.list, WatchFuncWithContext: s.watch}
	reflector := cache.NewReflectorWithOptions(lister, s.example, store{s}, cache.ReflectorOptions{
		Name:    string(s.kind),
		Backoff: &wait.Backoff{Duration: retryMin, Factor: 2, Jitter: 0.2, Steps: 3, Cap: retryMax / 4},
	})
	for delay := retryMin; ctx.Err() == nil; {
		began := time.Now()
		err := reflector.ListAndWatchWithContext(ctx)
		if err != nil {
			s.failed(err)
		}
		if time.Since(began) > steady {
			delay = retryMin
		}
		pause := delay
		if kube.Is[*kube.Forbidden](s.error()) {
			pause = s.forbiddenPause()
		}
		if !s.w.health.pause(ctx, pause) {
			return
		}
		delay = min(2*delay, retryMax)
	}
}

// forbiddenPause is short at first after the objects had been read: a starting API server forbids what it will allow in
// a moment.
func (s *source) forbiddenPause() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read && s.refusals <= forgiven {
		return retryMax / 4
	}
	return retryForbidden
}

// forgiven is how many Forbidden answers in a row a source that had read its objects takes for a server that starts.
const forgiven = 4

func (s *source) list(ctx context.Context, opts metav1.ListOptions) (runtime.Object, error) {
	if err := s.w.health.wait(ctx); err != nil {
		return nil, err
	}
	list, err := s.objects.ListWithContextFunc(ctx, opts)
	if err != nil {
		s.failed(err)
		return nil, err
	}
	s.w.health.alive()
	return list, nil
}

func (s *source) watch(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error) {
	if err := s.w.health.wait(ctx); err != nil {
		return nil, err
	}
	initial := opts.SendInitialEvents != nil && *opts.SendInitialEvents
	if initial && s.isPlain() {
		return nil, errStalled
	}
	stream, err := s.objects.WatchFuncWithContext(ctx, opts)
	if err != nil {
		s.failed(err)
		return nil, err
	}
	s.w.health.alive()
	watched := &watched{Interface: stream, stopped: s.down}
	if initial {
		watched.timer = s.guardStall(stream)
	}
	s.up()
	return watched, nil
}

// guardStall ends a WatchList whose initial objects stop arriving.
func (s *source) guardStall(stream watch.Interface) *time.Timer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.arrived = false
	replaced := s.replaced
	var timer *time.Timer
	timer = time.AfterFunc(stall, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		switch {
		case s.replaced != replaced: // they are complete
		case s.arrived:
			s.arrived = false
			timer.Reset(stall)
		default:
			s.plain = true
			stream.Stop()
		}
	})
	return timer
}

// watched tells when a watch ends.
type watched struct {
	watch.Interface
	once    sync.Once
	stopped func()
	timer   *time.Timer
}

// Stop is called by the reflector whenever it is done with the watch.
func (w *watched) Stop() {
	w.Interface.Stop()
	w.once.Do(func() {
		if w.timer != nil {
			w.timer.Stop()
		}
		w.stopped()
	})
}
