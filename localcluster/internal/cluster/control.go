//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/config"
)

// Stop ends one component and leaves the rest as it is. The gateway goes on
// listening while the API server is away, so its address stays the same.
func (c Cluster) Stop(ctx context.Context, name string, out io.Writer) error {
	_, _, unlock, err := c.hold(ctx, name, out)
	if err != nil {
		return err
	}
	defer unlock()
	d, err := c.daemon(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.End(stopGrace); err != nil {
		return err
	}
	d.Stopped = true
	return c.remember(name, d)
}

// Start starts a component that doesn't run and waits until it works.
func (c Cluster) Start(ctx context.Context, name string, out io.Writer) error {
	r, part, unlock, err := c.hold(ctx, name, out)
	if err != nil {
		return err
	}
	defer unlock()
	if c.alive(name) {
		fmt.Fprintf(out, "%s is running already\n", name)
		return nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, fmt.Errorf("%s does not work after a minute; see %s", name, c.Log(name)))
	defer cancel()
	s, err := c.starter(ctx, r)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.start(part); err != nil {
		return err
	}
	return s.healthy(part)
}

// hold locks a running cluster and finds a component of it.
func (c Cluster) hold(ctx context.Context, name string, out io.Writer) (record, config.Component, func(), error) {
	// Before the lock, which would make the folder of a cluster that isn't there.
	if _, err := c.running(); err != nil {
		return record{}, config.Component{}, nil, err
	}
	unlock, err := c.lock(ctx, out)
	if err != nil {
		return record{}, config.Component{}, nil, err
	}
	r, err := c.running() // it may have gone while we waited
	if err == nil {
		var part config.Component
		if part, err = component(r.Params, name); err == nil {
			return r, part, unlock, nil
		}
	}
	unlock()
	return record{}, config.Component{}, nil, err
}

// Load imports an archive in docker's format into containerd. It needs no API
// server.
func (c Cluster) Load(ctx context.Context, archive string) error {
	r, err := c.running()
	if err != nil {
		return err
	}
	return c.importImage(ctx, r, archive)
}

// Server is the API server's URL on this machine.
func (c Cluster) Server() (string, error) {
	r, err := c.running()
	return r.Server, err
}
