// Package logs reads the logs of a chain's containers: of one link or all, put in order of time, followed across
// restarts of a container and replacements of a pod. No line is lost without a line that says so.
package logs

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Options say which lines.
type Options struct {
	Services   []string      // of links, collector or load generator; empty for all links
	Pod        string        // of this pod only; empty for all
	Container  string        // of this container only; empty for all but init containers
	Follow     bool          // go on with what is written later, until the context ends
	Previous   bool          // of the instance before the running one; never followed
	Since      time.Duration // of the last so long; 0 for all
	SinceTime  time.Time     // or: since then
	Tail       int64         // at most so many of the newest lines of each container there is at the start; 0 for all
	MaxStreams int           // containers read at once; 0 for DefaultMaxStreams
}

// DefaultMaxStreams is how many containers are read at once. Each takes a stream of the API server and a buffer here.
const DefaultMaxStreams = 500

// Line is one line of a container's log, or a note about the log.
type Line struct {
	Time    time.Time // as the container runtime noted it; of a note: when it was made
	Link    int       // -1 for the collector and the load generator
	Service string
	Pod     string
	Text    string // safe to print
	Note    bool   // Text is ours: lines are missing, or the log can't be read, and why
}

// Stream is a log being read.
type Stream struct {
	lines   chan Line
	cluster *kube.Cluster
	opts    Options
	merge   *merge
	group   sync.WaitGroup
	cancel  context.CancelFunc

	mu  sync.Mutex
	err error
}

// Lines are the log's, by time; closed at its end. Whoever takes them slowly slows the reading: nothing piles up.
func (s *Stream) Lines() <-chan Line { return s.lines }

// Err is why the log ended; nil while it goes on, at its regular end, and when the context ended.
func (s *Stream) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Read starts to read. Which pods there are is taken from the snapshots, such as a watch.Watcher's; without Follow of
// the first that is live.
func Read(ctx context.Context, cluster *kube.Cluster, snapshots <-chan *state.Snapshot, opts Options) *Stream {
	if opts.MaxStreams == 0 {
		opts.MaxStreams = DefaultMaxStreams
	}
	if opts.Previous {
		opts.Follow = false
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &Stream{lines: make(chan Line, 64), cluster: cluster, opts: opts, merge: newMerge(opts.Follow), cancel: cancel}
	s.group.Go(func() { s.track(ctx, snapshots) })
	go func() {
		defer cancel()
		s.merge.run(ctx, s.lines)
		cancel()
		s.group.Wait()
		close(s.lines)
	}()
	return s
}

// fail ends the reading.
func (s *Stream) fail(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	s.mu.Lock()
	if s.err == nil {
		s.err = err
	}
	s.mu.Unlock()
	s.cancel()
}
