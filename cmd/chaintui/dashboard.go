package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

// dashboard opens the dashboard on a terminal.
func (a *app) dashboard(ctx context.Context, root *cobra.Command) error {
	if a.terminal(a.out).Size == nil {
		_ = root.Usage()
		return usage{errors.New("the dashboard needs a terminal; use a command, or --headless")}
	}
	return (&statusCmd{format: "text"}).do(ctx, a)
}
