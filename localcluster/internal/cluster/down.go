//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Down ends every process of the cluster and removes its cgroup and its
// folder; its namespaces, with their links, mounts and rules, end with the
// processes. It does so whatever state the cluster is in.
func (c Cluster) Down(ctx context.Context, out io.Writer) error {
	_, known := os.Stat(c.dir)
	unlock, err := c.lock(ctx, out)
	if err != nil {
		return err
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := c.destroy(ctx); err != nil {
		return err
	}
	// Held open and locked until now, so nobody has put anything in it.
	if err := os.Remove(c.dir); err != nil {
		return err
	}
	_ = os.Remove(root) // the last one out; it stays while others are in it
	if known != nil {
		fmt.Fprintf(out, "cluster %s is not running\n", c.Name)
	} else {
		fmt.Fprintf(out, "cluster %s is down\n", c.Name)
	}
	return nil
}

// destroy removes everything but the cluster's folder itself, which is locked.
// The data is thrown away, so nothing is asked to end in good order.
func (c Cluster) destroy(ctx context.Context) error {
	// First, so that a launcher that is killed here leaves no cluster that
	// looks whole.
	if err := os.Remove(c.path("cluster.json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	group, err := c.group()
	if err != nil {
		return err
	}
	if err := group.Destroy(ctx); err != nil {
		return err
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := os.RemoveAll(c.path(entry.Name())); err != nil {
			return err
		}
	}
	return nil
}
