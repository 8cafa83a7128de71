package main

import (
	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) rollbackCommand() *cobra.Command {
	var to int
	c := a.changing("rollback", "rollback", "  chaintui rollback --to 3", cobra.NoArgs,
		func([]string, *state.Snapshot) (write.Intent, error) { return write.Rollback(to), nil })
	c.Flags().IntVar(&to, "to", 0, "number of the release (default the one before the newest); see chaintui history")
	return c
}
