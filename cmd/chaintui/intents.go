package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// intent makes a change of what the arguments say, on the chain as the Snapshot has it.
type intent func(args []string, s *state.Snapshot) (write.Intent, error)

// changing makes a command of an intent. Its words of help come from the registry of actions.
func (a *app) changing(use, id, example string, args cobra.PositionalArgs, make intent) *cobra.Command {
	var ch change
	c := &cobra.Command{Use: use, Example: example, Args: args}
	c.Short, c.Long = about(id)
	ch.addFlags(c)
	return a.action(c, func(ctx context.Context, args []string) error {
		_, err := ch.do(ctx, a, func(ctx context.Context, w *write.Writer, s *state.Snapshot) (*write.Plan, error) {
			if err := ours(s); err != nil {
				return nil, err
			}
			in, err := make(args, s)
			if err != nil {
				return nil, err
			}
			return w.Plan(ctx, in)
		})
		return err
	})
}
