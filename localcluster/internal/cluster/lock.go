//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// lock makes the cluster's folder and holds it against other launchers until
// the returned function is called. The lock is on the folder itself, so it
// leaves nothing behind, and the kernel releases it when its holder is killed.
func (c Cluster) lock(ctx context.Context, out io.Writer) (func(), error) {
	for told := false; ; {
		if err := os.MkdirAll(c.dir, 0o755); err != nil {
			return nil, err
		}
		file, err := os.Open(c.dir)
		if errors.Is(err, os.ErrNotExist) {
			continue // taken down just now
		}
		if err != nil {
			return nil, err
		}
		err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil && c.is(file) {
			return func() { file.Close() }, nil
		}
		file.Close()
		if err != nil && !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("locking %s: %w", c.dir, err)
		}
		if err != nil && !told {
			fmt.Fprintf(out, "another localcluster is at work on %s; waiting for it\n", c.Name)
			told = true
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// is says whether an open folder is still the one at the cluster's path: it is
// not when its last holder took the cluster down.
func (c Cluster) is(file *os.File) bool {
	held, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(c.dir)
	return err == nil && os.SameFile(held, there)
}
