//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/chaintui/chaintui/localcluster/internal/config"
)

// limit is how long a start may take before it counts as failed; on an idle
// machine it takes five seconds.
const limit = 2 * time.Minute

// Up starts the cluster with the programs in the folder bin, or what is
// missing of it, and returns when pods can be scheduled, find their Services by
// name and start. A failed start stops everything again but keeps the logs.
func (c Cluster) Up(ctx context.Context, bin string, out io.Writer) error {
	unlock, err := c.lock(ctx, out)
	if err != nil {
		return err
	}
	defer unlock()
	begin := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("the cluster is not ready after %s", limit))
	defer cancel()
	r, err := c.load()
	if err == nil && r.Complete && c.alive(gateway) {
		if err := c.resume(out); err != nil {
			return err
		}
		missing := c.missing(r.Params)
		if len(missing) == 0 {
			fmt.Fprintf(out, "cluster %s is running already\n", c.Name)
			return nil
		}
		return c.repair(ctx, r, missing, out)
	}
	if err := c.destroy(ctx); err != nil {
		return fmt.Errorf("removing what is left of an earlier cluster: %w", err)
	}
	if err := c.create(ctx, bin, out); err != nil {
		if group, failed := c.group(); failed == nil {
			err = errors.Join(err, group.Destroy(context.WithoutCancel(ctx)))
		}
		return err
	}
	fmt.Fprintf(out, "cluster %s is up after %.1f s\n", c.Name, time.Since(begin).Seconds())
	return nil
}

// resume lets components go on that somebody paused.
func (c Cluster) resume(out io.Writer) error {
	status, err := os.ReadDir(c.path("processes"))
	if err != nil {
		return err
	}
	for _, entry := range status {
		name := strings.TrimSuffix(entry.Name(), ".json")
		if d, err := c.daemon(name); err == nil && d.State() == 'T' {
			fmt.Fprintf(out, "%s was paused and goes on\n", name)
			if err := d.Signal(unix.SIGCONT); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c Cluster) alive(name string) bool {
	d, err := c.daemon(name)
	return err == nil && d.Alive()
}

// missing lists the components that don't run.
func (c Cluster) missing(p config.Params) []config.Component {
	var missing []config.Component
	for _, each := range config.Components(p) {
		if !c.alive(each.Name) {
			missing = append(missing, each)
		}
	}
	return missing
}

func (c Cluster) repair(ctx context.Context, r record, missing []config.Component, out io.Writer) error {
	s, err := c.starter(ctx, r)
	if err != nil {
		return err
	}
	defer s.close()
	for _, each := range missing {
		fmt.Fprintf(out, "starting %s again\n", each.Name)
		if err := s.start(each); err != nil {
			return err
		}
		if err := s.healthy(each); err != nil {
			return err
		}
	}
	return s.ready(r)
}
