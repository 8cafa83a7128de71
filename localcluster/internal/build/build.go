//go:build linux

// Package build compiles the cluster's components from the module proxy and
// keeps them in a cache folder, keyed by what they are built from.
package build

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Target is one program: the package it is and the file it becomes.
type Target struct{ Package, File string }

const (
	containerd = "github.com/containerd/containerd/v2/cmd/"
	cni        = "github.com/containernetworking/plugins/plugins/"
)

// Node is everything that runs in a cluster.
var Node = []Target{
	{"./components/control", "control"},
	{"./components/dns", "dns"},
	{"./components/pause", "pause"},
	{containerd + "containerd", "containerd"},
	{containerd + "containerd-shim-runc-v2", "containerd-shim-runc-v2"},
	{containerd + "ctr", "ctr"},
	{cni + "main/bridge", "bridge"},
	{cni + "main/loopback", "loopback"},
	{cni + "ipam/host-local", "host-local"},
	{cni + "meta/portmap", "portmap"},
}

// Kubectl is built when it is first asked for.
var Kubectl = []Target{{"k8s.io/kubernetes/cmd/kubectl", "kubectl"}}

// Builder builds targets from sources, a module with its go.mod at the root.
type Builder struct {
	Sources fs.FS
	Version string // of Kubernetes, as in v1.36.3
	Cache   string // folder, made when it is missing
	Out     io.Writer
	Animate bool // Out is a terminal: redraw one line
}

// Ensure returns the folder that holds the targets, and builds what is missing
// there. A second caller waits for the first instead of building twice.
func (b Builder) Ensure(ctx context.Context, targets []Target) (string, error) {
	digest, err := Digest(b.Sources, append(b.flags(), runtime.GOARCH))
	if err != nil {
		return "", err
	}
	dir := filepath.Join(b.Cache, digest)
	if built(dir, targets) {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(ctx, filepath.Join(dir, "lock"), func() {
		fmt.Fprintln(b.Out, "another localcluster is building; waiting for it")
	})
	if err != nil {
		return "", err
	}
	defer unlock()
	if built(dir, targets) {
		return dir, nil
	}
	return dir, b.build(ctx, dir, targets)
}

func built(dir string, targets []Target) bool {
	for _, target := range targets {
		if _, err := os.Stat(filepath.Join(dir, target.File)); err != nil {
			return false
		}
	}
	return true
}

// flags are the same for every target, so that they share the build cache.
// Without optimisation the components build in three quarters of the time and
// the cluster starts as fast; the tags leave out file systems it doesn't use.
func (b Builder) flags() []string {
	const version = "-X k8s.io/component-base/version."
	major, minor, _ := strings.Cut(strings.TrimPrefix(b.Version, "v"), ".")
	minor, _, _ = strings.Cut(minor, ".")
	return []string{
		"-gcflags=all=-N -l",
		"-tags=no_btrfs,no_zfs,no_devmapper,no_aufs",
		"-ldflags=-s -w " + version + "gitVersion=" + b.Version + " " + version + "gitMajor=" + major + " " + version + "gitMinor=" + minor,
		"-buildvcs=false",
	}
}

func (b Builder) build(ctx context.Context, dir string, targets []Target) error {
	source := filepath.Join(dir, "source")
	if err := extract(b.Sources, source); err != nil {
		return err
	}
	var packages []string
	for _, target := range targets {
		packages = append(packages, target.Package)
	}
	stale, err := b.plan(ctx, source, packages)
	if err != nil {
		return err
	}
	staging := filepath.Join(dir, "staging")
	if err := errors.Join(os.RemoveAll(staging), os.MkdirAll(staging, 0o755)); err != nil {
		return err
	}
	if err := b.compile(ctx, source, staging, packages, stale); err != nil {
		return err
	}
	for _, target := range targets {
		if err := os.Rename(filepath.Join(staging, target.File), filepath.Join(dir, target.File)); err != nil {
			return err
		}
	}
	return os.RemoveAll(staging)
}
