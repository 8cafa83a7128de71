package main

import (
	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) redeployCommand() *cobra.Command {
	var image string
	read := func(*cobra.Command, []string) error { // before the cluster is asked
		if image == "" {
			return nil
		}
		if err := chain.ValidateImage(image); err != nil {
			return usage{err}
		}
		return nil
	}
	c := a.changing("redeploy [LINK…]", "redeploy", "  chaintui redeploy 2 3 --image registry/link:new", read,
		func(args []string, s *state.Snapshot) (write.Intent, error) {
			links, err := linksOf(args, s)
			return write.Redeploy(links, image), err
		})
	c.Flags().StringVar(&image, "image", "", "with another image")
	return c
}
