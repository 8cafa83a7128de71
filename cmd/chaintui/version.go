package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
)

func (a *app) versionCommand() *cobra.Command {
	var format string
	c := &cobra.Command{Use: "version", Short: "Which build this is, and the image that it deploys", Args: cobra.NoArgs}
	output(c, &format, "text", "json")
	return a.action(c, func(context.Context, []string) error {
		b := config.ReadBuild()
		if format == "json" {
			return a.json(b)
		}
		fmt.Fprintf(a.out, "chaintui %s\n", b.Version)
		if b.Commit != "" {
			fmt.Fprintf(a.out, "commit   %s %s\n", b.Commit, b.Time)
		}
		fmt.Fprintf(a.out, "image    %s\n", cmp.Or(b.Image, "none of its own; name one with --chain-link-image"))
		fmt.Fprintf(a.out, "built    %s %s\n", b.Go, b.Platform)
		return nil
	})
}
