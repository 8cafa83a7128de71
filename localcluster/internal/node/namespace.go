//go:build linux

package node

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// Namespaces are a cluster's network and mount namespaces. Processes alone keep
// them alive: when the last one ends, every link, mount and rule in them is gone.
type Namespaces struct{ Net, Mount *os.File }

// OpenNamespaces opens those that a process lives in.
func OpenNamespaces(p Process) (Namespaces, error) {
	dir := "/proc/" + strconv.Itoa(p.PID) + "/ns/"
	network, err := os.Open(dir + "net")
	if err != nil {
		return Namespaces{}, fmt.Errorf("opening the cluster's network namespace: %w", err)
	}
	mount, err := os.Open(dir + "mnt")
	if err != nil {
		network.Close()
		return Namespaces{}, fmt.Errorf("opening the cluster's mount namespace: %w", err)
	}
	return Namespaces{Net: network, Mount: mount}, nil
}

// Close lets go of them.
func (n Namespaces) Close() {
	n.Net.Close()
	n.Mount.Close()
}

// Dial connects to an address inside the network namespace. A socket belongs
// to the namespace of the thread that makes it, for as long as it lives.
func (n Namespaces) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	runtime.LockOSThread()
	own, err := os.Open("/proc/thread-self/ns/net")
	if err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	defer own.Close()
	if err := unix.Setns(int(n.Net.Fd()), unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		return nil, fmt.Errorf("entering the cluster's network namespace: %w", err)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, network, address)
	if unix.Setns(int(own.Fd()), unix.CLONE_NEWNET) == nil {
		runtime.UnlockOSThread() // otherwise the thread is lost with its goroutine, never reused
	}
	return conn, err
}
