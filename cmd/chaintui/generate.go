package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

func (a *app) generateCommand() *cobra.Command {
	var g generate
	c := &cobra.Command{
		Use:   "generate",
		Short: "Writes the manifests of a chain into a folder; no cluster is needed",
		Long: `Writes one file for each object, such that kubectl apply -f of the folder works the first time. Files of an earlier,
longer chain that chaintui wrote are removed; others are left alone.`,
		Example: `  chaintui generate --instances 4 --output-directory manifests && kubectl apply -f manifests
  chaintui generate --rbac --user viewer | kubectl apply -f -`,
		Args: cobra.NoArgs,
	}
	flags := c.Flags()
	flags.StringVar(&g.dir, "output-directory", "", "folder to write to (default ~/.config/chain-link/manifests)")
	flags.BoolVar(&g.rbac, "rbac", false, "print the least Role that suffices for a chain instead; with --read-only one that only looks")
	flags.StringVar(&g.user, "user", "", "with --rbac: bind the Role to this user")
	takes(c, deploys)
	return a.action(c, func(context.Context, []string) error { return g.do(a) })
}

// generate is the command generate.
type generate struct {
	dir, user string
	rbac      bool
}

func (g *generate) do(a *app) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	switch {
	case g.user != "" && !g.rbac:
		return usage{errors.New("--user goes with --rbac")}
	case g.dir != "" && g.rbac:
		return usage{errors.New("--rbac prints the Role, and writes nothing into --output-directory")}
	case g.rbac:
		text, err := manifests.Role(c.Bool("read-only"), c.Text("namespace"), g.user)
		if err != nil {
			return err
		}
		_, err = a.out.Write(text)
		return err
	}
	spec, load := c.Spec(), c.Load()
	if spec.Image == "" || (spec.ToolsImage == "" && (spec.Collector == chain.Builtin || !spec.NoLoad)) {
		return usage{noImage(c)}
	}
	if err := spec.Validate(); err != nil {
		return usage{err}
	}
	dir, err := g.folder()
	if err != nil {
		return err
	}
	done, err := manifests.Generate(dir, spec, c.Text("namespace"), chain.Live{Order: spec.Order(), Load: &load})
	if err != nil {
		return err
	}
	for _, name := range done.Removed {
		a.say("removed %s, which this chain does not need", filepath.Join(dir, name))
	}
	for _, name := range done.Written {
		fmt.Fprintln(a.out, filepath.Join(dir, name))
	}
	a.say("%d files; next: kubectl apply -f %s", len(done.Written), action.Quote(dir))
	return nil
}

func (g *generate) folder() (string, error) {
	if g.dir != "" {
		return g.dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home folder to write to: %w; name one with --output-directory", err)
	}
	return filepath.Join(home, ".config", "chain-link", "manifests"), nil
}
