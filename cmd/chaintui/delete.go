package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) deleteCommand() *cobra.Command {
	var ch change
	c := &cobra.Command{
		Use:   "delete",
		Short: "Removes the chain and everything that chaintui made for it",
		Long: `Removes every object that carries the chain's labels, its releases, and the namespace if a deploy created it and nobody
else has put anything into it.`,
		Args: cobra.NoArgs,
	}
	ch.addFlags(c)
	_ = c.Flags().MarkHidden("force-conflicts")
	return a.action(c, func(ctx context.Context, _ []string) error {
		_, err := ch.do(ctx, a, planDelete)
		return err
	})
}

func planDelete(ctx context.Context, w *write.Writer, _ *state.Snapshot) (*write.Plan, error) {
	return w.PlanDelete(ctx)
}
