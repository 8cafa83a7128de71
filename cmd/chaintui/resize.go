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
	return a.changing("resize N", "resize", "  chaintui resize 8", cobra.ExactArgs(1),
		func(args []string, _ *state.Snapshot) (write.Intent, error) {
			n, err := strconv.Atoi(args[0])
			if err != nil || n < 1 || n > chain.MaxLength {
				return write.Intent{}, usage{fmt.Errorf("%q: want the number of links, 1 to %d", args[0], chain.MaxLength)}
			}
			return write.Resize(n), nil
		})
}
