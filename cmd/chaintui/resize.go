package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) resizeCommand() *cobra.Command {
	var n int
	read := func(args []string) (err error) {
		if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || n > chain.MaxLength {
			return fmt.Errorf("%q: want the number of links, 1 to %d", args[0], chain.MaxLength)
		}
		return nil
	}
	return a.changing("resize N", "resize", "  chaintui resize 8", reads(1, read),
		func([]string, *state.Snapshot) (write.Intent, error) { return write.Resize(n), nil })
}

// reads wants n arguments that can be read, so that a mistake is told before the cluster is asked.
func reads(n int, read func([]string) error) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := cobra.ExactArgs(n)(c, args); err != nil {
			return err
		}
		if err := read(args); err != nil {
			return usage{err}
		}
		return nil
	}
}
