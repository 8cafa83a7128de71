//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Stop ends one component and leaves the rest as it is. The gateway goes on
// listening while the API server is away, so its address stays the same.
func (c Cluster) Stop(ctx context.Context, name string, out io.Writer) error {
	unlock, err := c.lock(ctx, out)
	if err != nil {
		return err
	}
	defer unlock()
	r, err := c.running()
	if err != nil {
		return err
	}
	if _, err := component(r.Params, name); err != nil {
		return err
	}
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
	unlock, err := c.lock(ctx, out)
	if err != nil {
		return err
	}
	defer unlock()
	r, err := c.running()
	if err != nil {
		return err
	}
	part, err := component(r.Params, name)
	if err != nil {
		return err
	}
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
