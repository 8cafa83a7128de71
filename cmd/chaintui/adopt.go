package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) adoptCommand() *cobra.Command {
	var ch change
	c := &cobra.Command{Use: "adopt", Args: cobra.NoArgs, Example: "  chaintui adopt --dry-run     # says what would roll"}
	c.Short, c.Long = about("adopt")
	ch.addFlags(c)
	takes(c, deploys, "instances", "chain-link-image", "pod-security") // these are as they are found
	return a.action(c, func(ctx context.Context, _ []string) error {
		settings, err := a.settings()
		if err != nil {
			return err
		}
		_, err = ch.do(ctx, a, func(ctx context.Context, w *write.Writer, s *state.Snapshot) (*write.Plan, error) {
			return planAdopt(ctx, w, s, settings)
		})
		return err
	})
}

func planAdopt(ctx context.Context, w *write.Writer, s *state.Snapshot, c *config.Config) (*write.Plan, error) {
	switch {
	case s.Origin == state.None:
		return nil, usage{write.ErrNoChain}
	case s.Origin != state.Ours && c.Text("tools-image") == "":
		return nil, usage{noImage(c)}
	}
	current, err := w.Read(ctx)
	if err != nil {
		return nil, err
	}
	in, err := write.Adopt(current, c.Spec())
	if errors.Is(err, write.ErrAdopted) {
		return nil, usage{err}
	}
	if err != nil {
		return nil, err
	}
	in.Live = (&deploy{}).live(c)
	in.Spec = func(b *write.Base) error { // flags know better than what the objects tell
		c.Change(&b.Spec)
		return nil
	}
	return write.Make(current, in)
}
