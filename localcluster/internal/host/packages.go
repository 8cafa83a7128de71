//go:build linux

// Package host sees to what the machine itself must have.
package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// need is a program and the Debian package that has it.
type need struct{ program, pack string }

// runc is the distribution's, as building it takes a C compiler and
// libseccomp; kube-proxy and the portmap plugin call nft, the kubelet mount.
var needs = []need{{"runc", "runc"}, {"nft", "nftables"}, {"mount", "mount"}}

// path is where daemons and their programs are looked for: sbin too, which
// the shell of a user who became root may lack.
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// Path is the PATH of the cluster's daemons.
func Path(first string) string { return first + ":" + path }

// Find looks a program up where the daemons will.
func Find(program string) (string, bool) {
	for dir := range strings.SplitSeq(path, ":") {
		file := dir + "/" + program
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file, true
		}
	}
	return "", false
}

// Prepare makes sure that every needed program is there. On Debian and Ubuntu
// it installs the packages that are missing; elsewhere it names them.
func Prepare(ctx context.Context, out io.Writer) error {
	packages := missing()
	if len(packages) == 0 {
		return nil
	}
	if _, apt := Find("apt-get"); !apt {
		return fmt.Errorf("install these with your package manager, then try again: %s", strings.Join(packages, ", "))
	}
	fmt.Fprintf(out, "installing %s with apt-get\n", strings.Join(packages, ", "))
	install := append([]string{"install", "-y", "-q", "--no-install-recommends"}, packages...)
	if err := apt(ctx, install); err != nil {
		// The package lists may be missing or out of date.
		if err := apt(ctx, []string{"update", "-q"}); err != nil {
			return err
		}
		if err := apt(ctx, install); err != nil {
			return err
		}
	}
	if left := missing(); len(left) > 0 {
		return fmt.Errorf("installed, and still not there: %s", strings.Join(left, ", "))
	}
	return nil
}

func missing() []string {
	var packages []string
	for _, each := range needs {
		if _, found := Find(each.program); !found {
			packages = append(packages, each.pack)
		}
	}
	return packages
}

func apt(ctx context.Context, args []string) error {
	// Another package manager may be at work just now.
	cmd := exec.CommandContext(ctx, "apt-get", append([]string{"-o", "DPkg::Lock::Timeout=60"}, args...)...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return errors.Join(fmt.Errorf("apt-get %s: %w", strings.Join(args, " "), err), errors.New(strings.TrimSpace(said.String())))
	}
	return nil
}
