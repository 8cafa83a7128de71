//go:build linux

package node

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// Mounts is what the cluster sees in place of the machine's own folders.
type Mounts struct {
	State   string `json:"state"` // folder on the host, seen at AtState
	Bin     string `json:"bin"`   // folder on the host, seen at AtBin
	AtState string `json:"atState"`
	AtBin   string `json:"atBin"`
}

// kernelSettings are the sysctls that a kubelet would change for the whole
// machine; it finds files with its wishes in their place. Source:
// k8s.io/kubernetes/pkg/kubelet/cm, setupKernelTunables.
var kernelSettings = map[string]string{
	"vm/overcommit_memory":      "1",
	"vm/panic_on_oom":           "0",
	"kernel/panic":              "10",
	"kernel/panic_on_oops":      "1",
	"kernel/keys/root_maxkeys":  "1000000",
	"kernel/keys/root_maxbytes": "25000000",
}

// apply mounts empty folders over /run and /var, where Kubernetes, containerd
// and the CNI plugins have fixed paths that two clusters would share, and
// binds the cluster's own two folders into them.
func (m Mounts) apply() error {
	// Ours stay here; what the machine unmounts is unmounted here too, or this
	// namespace would keep its disks busy.
	if err := unix.Mount("none", "/", "", unix.MS_REC|unix.MS_SLAVE, ""); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	// Opened first: either may lie below what is about to be covered.
	binds := map[string]string{m.AtState: m.State, m.AtBin: m.Bin}
	opened := map[string]*os.File{}
	for at, dir := range binds {
		file, err := os.Open(dir)
		if err != nil {
			return err
		}
		defer file.Close()
		opened[at] = file
	}
	for _, dir := range []string{"/run", "/var"} {
		if err := unix.Mount("localcluster", dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
			return fmt.Errorf("covering %s: %w", dir, err)
		}
	}
	for at, file := range opened {
		if err := os.MkdirAll(at, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(fmt.Sprintf("/proc/self/fd/%d", file.Fd()), at, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("binding %s: %w", at, err)
		}
	}
	for _, dir := range []string{"/run/netns", "/run/sysctl", "/var/lib", "/var/log"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := os.Mkdir("/var/tmp", 0o777|os.ModeSticky); err != nil {
		return err
	}
	if err := os.Symlink("/run", "/var/run"); err != nil {
		return err
	}
	if err := coverKernelSettings(); err != nil {
		return err
	}
	// Pods that ask for mount propagation need a shared tree to take part in;
	// it is shared among this cluster's processes only.
	return unix.Mount("none", "/", "", unix.MS_REC|unix.MS_SHARED, "")
}

func coverKernelSettings() error {
	for name, value := range kernelSettings {
		real := "/proc/sys/" + name
		if _, err := os.Stat(real); errors.Is(err, os.ErrNotExist) {
			continue
		}
		stand := filepath.Join("/run/sysctl", filepath.Base(name))
		if err := os.WriteFile(stand, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := unix.Mount(stand, real, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("covering %s: %w", real, err)
		}
	}
	return nil
}

// setUpNetwork gives the loopback interface the node's address and the route
// that Services need to be seen by processes outside pods; there is no other
// link and no default route, so nothing can leave.
func setUpNetwork(nodeIP, services string) error {
	lo, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(lo); err != nil {
		return fmt.Errorf("setting the loopback interface up: %w", err)
	}
	address := &net.IPNet{IP: net.ParseIP(nodeIP), Mask: net.CIDRMask(32, 32)}
	if err := netlink.AddrAdd(lo, &netlink.Addr{IPNet: address}); err != nil {
		return fmt.Errorf("adding the node's address: %w", err)
	}
	_, network, err := net.ParseCIDR(services)
	if err != nil {
		return err
	}
	if err := netlink.RouteAdd(&netlink.Route{LinkIndex: lo.Attrs().Index, Dst: network, Src: address.IP}); err != nil {
		return fmt.Errorf("adding the route to Services: %w", err)
	}
	// Pods behind one bridge reach each other's Services only if bridged
	// packets pass the rules too.
	settings := map[string]string{
		"net/ipv4/ip_forward":                "1",
		"net/bridge/bridge-nf-call-iptables": "1",
	}
	for name, value := range settings {
		err := os.WriteFile("/proc/sys/"+name, []byte(value), 0o644)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("setting %s: %w", name, err)
		}
	}
	return nil
}
