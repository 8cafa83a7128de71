//go:build linux

package node

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// EnterCommand is the hidden command that becomes a daemon: main hands its
// arguments to Enter.
const EnterCommand = "internal-enter"

// Daemon is a process to start inside a cluster.
type Daemon struct {
	Name string // argv[0]
	Path string // as seen inside the mount namespace
	Args []string
	Env  []string
	Log  string // file on the host, appended to
}

// Start starts a daemon in the cluster's namespaces and cgroup, in a session of
// its own. It goes through this program once more, which enters and then
// becomes the daemon under the same process id: a mount namespace can only be
// entered by a process with one thread, or by a thread that is about to be the
// only one. The caller may wait for the command, or end and leave it running.
func Start(d Daemon, ns Namespaces, group Cgroup) (*exec.Cmd, Process, error) {
	log, err := os.OpenFile(d.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, Process{}, err
	}
	defer log.Close()
	cmd := exec.Command("/proc/self/exe", append([]string{EnterCommand, group.Name, d.Path, d.Name}, d.Args...)...)
	cmd.Env = d.Env
	cmd.Stdout, cmd.Stderr = log, log
	cmd.ExtraFiles = []*os.File{ns.Net, ns.Mount}
	// Until the daemon is in its cgroup nobody could find it, so it dies with us.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, Process{}, fmt.Errorf("starting %s: %w", d.Name, err)
	}
	process, err := Find(cmd.Process.Pid)
	return cmd, process, err
}

// Enter never returns without an error: it becomes the daemon that args
// describe (see Start).
func Enter(args []string) error {
	runtime.LockOSThread()
	if len(args) < 3 {
		return errors.New("this command is the program's own")
	}
	group, err := OpenCgroup(args[0])
	if err != nil {
		return err
	}
	if err := group.Join(); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0); err != nil {
		return err
	}
	const network, mount = 3, 4 // ExtraFiles
	unix.CloseOnExec(network)
	unix.CloseOnExec(mount)
	// A thread that shares its working directory with others can't change
	// its mounts.
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return err
	}
	if err := unix.Setns(network, unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("entering the network namespace: %w", err)
	}
	if err := unix.Setns(mount, unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("entering the mount namespace: %w", err)
	}
	if err := unix.Chdir("/"); err != nil {
		return err
	}
	return fmt.Errorf("running %s: %w", args[1], syscall.Exec(args[1], args[2:], os.Environ()))
}
