package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

// cluster is a cluster in use by one command.
type cluster struct {
	*kube.Cluster
	*watch.Watcher
	stop context.CancelFunc
}

// reachTimeout is how long an API server may take to answer for the first time: the program gives up within 5 s.
const reachTimeout = 4500 * time.Millisecond

// access reads the kubeconfig. It does no network I/O.
func (a *app) access(c *config.Config) (*kube.Cluster, error) {
	log := slog.New(slog.DiscardHandler)
	if c.Bool("verbose") {
		log = slog.New(slog.NewTextHandler(a.err, nil))
	}
	kube.Quiet(log)
	options := kube.Options{
		Kubeconfig: c.Text("kubeconfig"), Context: c.Text("context"), Namespace: c.Text("namespace"), ReadOnly: c.Bool("read-only"),
		UserAgent: "chaintui/" + config.ReadBuild().Version,
		Warn:      func(text string) { a.say("warning of the API server: %s", text) },
	}
	return kube.Connect(options)
}

// open connects and begins to watch. The caller closes it.
func (a *app) open(ctx context.Context, c *config.Config) (*cluster, error) {
	k, err := a.access(c)
	if err != nil {
		return nil, err
	}
	return watched(ctx, k), nil
}

// watched begins to watch. The caller closes it.
func watched(ctx context.Context, k *kube.Cluster) *cluster {
	watching, stop := context.WithCancel(context.WithoutCancel(ctx)) // a command that was interrupted still has to end well
	return &cluster{Cluster: k, Watcher: watch.Start(watching, k), stop: stop}
}

// close ends watching.
func (c *cluster) close() {
	c.stop()
	<-c.Stopped()
}

// reach waits for the first Snapshot of the cluster, and says why there is none.
func (c *cluster) reach(ctx context.Context) (*state.Snapshot, error) {
	first, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	var last state.Conn
	err := c.Wait(first, func(s *state.Snapshot) (bool, error) {
		last = s.Conn
		switch s.Conn.Phase {
		case state.Connecting:
			return false, nil
		case state.Unusable, state.Forbidden:
			return true, why(s.Conn)
		case state.Live, state.Stale:
		}
		return true, nil
	})
	if errors.Is(err, context.DeadlineExceeded) { // this one, or a shorter --timeout
		return nil, why(last)
	}
	if err != nil {
		return nil, err
	}
	return c.Latest(), nil
}

// why is the error behind a connection that is not live.
func why(c state.Conn) error {
	if c.Cause != nil {
		return noAccess{c.Cause}
	}
	return noAccess{errors.New(cmp.Or(c.Err, "the API server has not answered within 5 s"))}
}

// reached does something on the cluster, from its first Snapshot on.
func (a *app) reached(ctx context.Context, do func(*config.Config, *cluster, *state.Snapshot) error) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	cluster, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer cluster.close()
	s, err := cluster.reach(ctx)
	if err != nil {
		return err
	}
	return do(c, cluster, s)
}

// onChain is reached where there has to be a chain.
func (a *app) onChain(ctx context.Context, do func(*config.Config, *cluster, *state.Snapshot) error) error {
	return a.reached(ctx, func(c *config.Config, cluster *cluster, s *state.Snapshot) error {
		if len(s.Links) == 0 {
			return usage{fmt.Errorf("there is no chain in namespace %s; chaintui deploy makes one", s.Namespace)}
		}
		return do(c, cluster, s)
	})
}

// look is the chain as it is now.
func (a *app) look(ctx context.Context) (now *state.Snapshot, err error) {
	err = a.reached(ctx, func(_ *config.Config, _ *cluster, s *state.Snapshot) error {
		now = s
		return nil
	})
	return now, err
}
