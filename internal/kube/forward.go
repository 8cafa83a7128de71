package kube

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// ForwardOptions say what to forward.
type ForwardOptions struct {
	Listen string          // local address, such as 127.0.0.1:8080; an empty one or port 0 takes any free port
	Port   int             // of the pods
	Pods   func() []string // names of the pods that are ready now; asked for each connection, from several goroutines
	// Report is told of connections that could not be forwarded; nil tells nobody. It is called from several goroutines.
	Report func(error)
}

// Forward is a local address that leads to one of several pods. It outlives each of them: every connection goes to a pod
// that is ready when it begins.
type Forward struct {
	Address string // where it listens

	dig      func(ctx context.Context, pod string) (*tunnel, error)
	opts     ForwardOptions
	listener net.Listener
	group    sync.WaitGroup

	mu      sync.Mutex
	tunnels map[string]*tunnel // by pod
}

// ErrNoPod says that no pod is ready to forward to.
var ErrNoPod = errors.New("no pod is ready to forward to")

// Forward listens until ctx ends. It needs the right to get (and, of servers before 1.31, to create) pods/portforward.
func (c *Cluster) Forward(ctx context.Context, opts ForwardOptions) (*Forward, error) {
	if opts.Listen == "" {
		opts.Listen = "127.0.0.1:0"
	}
	if opts.Report == nil {
		opts.Report = func(error) {}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", opts.Listen)
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s: %w", opts.Listen, err)
	}
	f := &Forward{Address: listener.Addr().String(), dig: c.dig, opts: opts, listener: listener, tunnels: map[string]*tunnel{}}
	f.group.Go(func() { f.accept(ctx) })
	f.group.Go(func() {
		<-ctx.Done()
		_ = listener.Close()
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, t := range f.tunnels {
			_ = t.connection.Close()
		}
	})
	return f, nil
}

// Wait waits for the end: that ctx has ended, and every connection with it.
func (f *Forward) Wait() { f.group.Wait() }

func (f *Forward) accept(ctx context.Context) {
	for {
		local, err := f.listener.Accept()
		if err != nil {
			if ctx.Err() == nil {
				f.opts.Report(err)
			}
			return
		}
		f.group.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					f.opts.Report(fmt.Errorf("internal error: %v", r))
				}
			}()
			if err := f.serve(ctx, local); err != nil && ctx.Err() == nil {
				f.opts.Report(err)
			}
		})
	}
}

// serve leads one connection to a pod.
func (f *Forward) serve(ctx context.Context, local net.Conn) error {
	defer local.Close()
	t, remote, failure, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer t.connection.RemoveStreams(remote, failure)
	stop := context.AfterFunc(ctx, func() { _ = local.Close() })
	defer stop()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		_, _ = io.Copy(remote, local)
		_ = remote.Close() // the client has no more to say, but may still listen
	}()
	failed := make(chan error, 1)
	go func() {
		text, _ := io.ReadAll(io.LimitReader(failure, 4096))
		if len(text) > 0 {
			failed <- errors.New(sanitise.Line(string(text)))
			_ = local.Close()
		}
		close(failed)
	}()
	_, _ = io.Copy(local, remote)
	_ = local.Close()
	_ = remote.Reset()
	<-sent
	select {
	case err = <-failed:
	case <-time.After(lastWords):
		_ = failure.Reset()
		err = <-failed
	}
	return err
}

// lastWords is how long the kubelet's word on a connection that has ended is waited for.
const lastWords = time.Second

// tries is how many pods a connection tries: the first may have gone a moment ago.
const tries = 3

// open opens the streams to a pod that is ready: to one there is a tunnel to, or else to the first.
func (f *Forward) open(ctx context.Context) (t *tunnel, data, failure stream, err error) {
	err = ErrNoPod
	avoid := map[string]bool{}
	for range tries {
		pod := f.choose(avoid)
		if pod == "" {
			return nil, nil, nil, err
		}
		if t, err = f.tunnel(ctx, pod); err == nil {
			if data, failure, err = t.streams(f.opts.Port); err == nil {
				return t, data, failure, nil
			}
			f.drop(pod, t)
		}
		if ctx.Err() != nil {
			return nil, nil, nil, ctx.Err()
		}
		avoid[pod] = true
		err = fmt.Errorf("can't forward to pod %s: %w", pod, Classify(err))
	}
	return nil, nil, nil, err
}

func (f *Forward) choose(avoid map[string]bool) (pod string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range f.opts.Pods() {
		switch {
		case avoid[name]:
		case f.tunnels[name] != nil && f.tunnels[name].alive():
			return name
		case pod == "":
			pod = name
		}
	}
	return pod
}

// tunnel is the one to the pod: the one there is, or a new one.
func (f *Forward) tunnel(ctx context.Context, pod string) (*tunnel, error) {
	f.mu.Lock()
	t := f.tunnels[pod]
	f.mu.Unlock()
	if t != nil && t.alive() {
		return t, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t, err := f.dig(ctx, pod)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if ctx.Err() != nil {
		_ = t.connection.Close()
		return nil, ctx.Err()
	}
	for name, old := range f.tunnels { // of pods that are gone
		if !old.alive() {
			delete(f.tunnels, name)
		}
	}
	if first := f.tunnels[pod]; first != nil { // another connection had begun one, too
		_ = t.connection.Close()
		return first, nil
	}
	f.tunnels[pod] = t
	return t, nil
}

func (f *Forward) drop(pod string, t *tunnel) {
	_ = t.connection.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tunnels[pod] == t {
		delete(f.tunnels, pod)
	}
}
