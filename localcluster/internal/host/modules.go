//go:build linux

package host

import (
	"context"
	"os"
	"os/exec"
)

// modules are loaded by nobody else when a kernel has them apart: overlay for
// the layers of images, br_netfilter so that packets between pods behind one
// bridge pass the rules for Services. The path is there once it is loaded.
var modules = map[string]string{
	"overlay":      "/sys/module/overlay",
	"br_netfilter": "/proc/sys/net/bridge",
}

// LoadModules loads kernel modules that are missing. A kernel that has them
// built in or not at all is no error here: what needs them says so.
func LoadModules(ctx context.Context) {
	for name, path := range modules {
		if _, err := os.Stat(path); err != nil {
			_ = exec.CommandContext(ctx, "modprobe", name).Run()
		}
	}
}
