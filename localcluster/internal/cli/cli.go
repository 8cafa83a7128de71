//go:build linux

// Package cli is localcluster's command line.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/localcluster/internal/build"
	"github.com/chaintui/chaintui/localcluster/internal/cluster"
	"github.com/chaintui/chaintui/localcluster/internal/config"
)

// errNotUp makes status end with 1 and says nothing more.
var errNotUp = errors.New("not up")

// Run runs the command line and returns the exit code.
func Run(ctx context.Context, sources fs.FS) int {
	p := &program{sources: sources}
	err := p.command().ExecuteContext(ctx) //nolint:contextcheck // each command takes it from cobra
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errNotUp):
		return 1
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "interrupted")
		return 130
	}
	fmt.Fprintln(os.Stderr, "error:", err)
	return 1
}

type program struct {
	sources fs.FS
	name    string
}

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "localcluster",
		Short: "A real Kubernetes on this machine, without Docker",
		Long: "localcluster builds Kubernetes' own components from the module proxy and runs them\n" +
			"as a cluster of one node in namespaces of its own. It is for trying and testing:\n" +
			"what is in it is lost with it, and nothing in it can reach the network outside.",
		SilenceUsage: true, SilenceErrors: true,
		// So that --name may stand before kubectl, whose own flags are not ours to read.
		TraverseChildren:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return needRoot() },
	}
	root.PersistentFlags().StringVar(&p.name, "name", "dev", "name of the cluster")
	root.AddCommand(p.up(), p.down(), p.status(), p.load(), p.kubeconfig(), p.kubectl())
	root.AddCommand(p.components()...)
	return root
}

func needRoot() error {
	if os.Geteuid() == 0 {
		return nil
	}
	return errors.New("localcluster makes namespaces and cgroups, so it has to run as root; " +
		"without root use kind (https://kind.sigs.k8s.io) or minikube (https://minikube.sigs.k8s.io)")
}

func (p *program) open() (cluster.Cluster, error) { return cluster.Open(p.name) }

// builder keeps what it builds in the user's cache folder.
func (p *program) builder() build.Builder {
	cache, err := os.UserCacheDir()
	if err != nil { // root without a home, as under cron
		cache = "/var/cache"
	}
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return build.Builder{
		Sources: p.sources, Version: config.Version, Cache: filepath.Join(cache, "chaintui", "localcluster"),
		Out: os.Stderr, Animate: terminal,
	}
}
