//go:build linux

package node

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Cgroup is a cluster's own branch below every cgroup hierarchy. All processes
// of the cluster live in it, the daemons in its child "system" and the pods in
// "kubepods", so that it is also the register of what has to be killed: a
// launcher that was killed at any moment leaves no process that isn't found.
type Cgroup struct {
	Name  string   // below the root, without a slash
	roots []string // where the hierarchies are mounted
}

// system is the child for daemons: where there is one hierarchy only (v2), a
// group with controllers for its children holds no processes itself.
const system = "system"

// OpenCgroup finds the hierarchies that are mounted: one on cgroup v2, one per
// controller on v1, and both on hybrid machines.
func OpenCgroup(name string) (Cgroup, error) {
	file, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return Cgroup{}, err
	}
	defer file.Close()
	roots, err := cgroupRoots(bufio.NewScanner(file))
	if err == nil && len(roots) == 0 {
		err = errors.New("no cgroup hierarchy is mounted below /sys/fs/cgroup")
	}
	return Cgroup{Name: name, roots: roots}, err
}

// cgroupRoots reads the mount points of cgroup file systems from mountinfo
// (proc_pid_mountinfo(5)): field 5 is the mount point, the type follows " - ".
func cgroupRoots(mountinfo *bufio.Scanner) ([]string, error) {
	var roots []string
	for mountinfo.Scan() {
		before, after, found := strings.Cut(mountinfo.Text(), " - ")
		fields := strings.Fields(before)
		if !found || len(fields) < 5 || !strings.HasPrefix(after, "cgroup") {
			continue
		}
		if point := fields[4]; strings.HasPrefix(point, "/sys/fs/cgroup") && !slices.Contains(roots, point) {
			roots = append(roots, point)
		}
	}
	return roots, mountinfo.Err()
}

// Create makes the branch in every hierarchy.
func (c Cgroup) Create() error {
	for _, root := range c.roots {
		dir := filepath.Join(root, c.Name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("making the cluster's cgroup: %w", err)
		}
		if err := inheritCpuset(root, dir); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(dir, system), 0o755); err != nil {
			return fmt.Errorf("making the cluster's cgroup: %w", err)
		}
	}
	return nil
}

// inheritCpuset fills what a new v1 cpuset group starts without: processors
// and memory nodes. Nothing can run in it before.
func inheritCpuset(root, dir string) error {
	for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
		value, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), value, 0o644); err != nil {
			return fmt.Errorf("giving the cluster's cgroup its processors: %w", err)
		}
	}
	return nil
}

// Join moves the calling process into the branch's group for daemons. The
// cpuset hierarchy of v1 is left alone: daemons may run anywhere.
func (c Cgroup) Join() error {
	for _, root := range c.roots {
		if _, err := os.Stat(filepath.Join(root, c.Name, "cpuset.cpu_exclusive")); err == nil {
			continue
		}
		procs := filepath.Join(root, c.Name, system, "cgroup.procs")
		if err := os.WriteFile(procs, []byte(strconv.Itoa(os.Getpid())), 0o644); err != nil {
			return fmt.Errorf("joining the cluster's cgroup: %w", err)
		}
	}
	return nil
}

// Pids lists the processes in the branch, in every hierarchy and at any depth.
func (c Cgroup) Pids() []int {
	var pids []int
	for _, root := range c.roots {
		// What vanishes while it is read is gone, which is no error here.
		_ = filepath.WalkDir(filepath.Join(root, c.Name), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || entry.Name() != "cgroup.procs" {
				return nil //nolint:nilerr // see above
			}
			text, _ := os.ReadFile(path)
			for field := range strings.FieldsSeq(string(text)) {
				if pid, err := strconv.Atoi(field); err == nil && pid > 0 {
					pids = append(pids, pid)
				}
			}
			return nil
		})
	}
	slices.Sort(pids)
	return slices.Compact(pids)
}

// Destroy kills every process in the branch and removes it. It repeats until
// both are true, as a dying runtime can still start something, and gives up
// when ctx ends.
func (c Cgroup) Destroy(ctx context.Context) error {
	for {
		pids := c.Pids()
		for _, pid := range pids {
			if pid != os.Getpid() {
				_ = unix.Kill(pid, unix.SIGKILL)
			}
		}
		err := c.remove()
		if err == nil && len(pids) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("processes %v of the cluster do not end: %w", c.Pids(), errors.Join(err, ctx.Err()))
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// remove deletes the branch, children first.
func (c Cgroup) remove() error {
	var failed error
	for _, root := range c.roots {
		var dirs []string
		_ = filepath.WalkDir(filepath.Join(root, c.Name), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				dirs = append(dirs, path)
			}
			return nil
		})
		slices.Reverse(dirs)
		for _, dir := range dirs {
			if err := unix.Rmdir(dir); err != nil && !errors.Is(err, unix.ENOENT) {
				failed = fmt.Errorf("removing %s: %w", dir, err)
			}
		}
	}
	return failed
}
