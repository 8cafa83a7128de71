package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// maxReplicas is where a number of pods is a typing error.
const maxReplicas = 10_000

func (a *app) scaleCommand() *cobra.Command {
	return a.changing("scale LINK REPLICAS", "scale", "  chaintui scale 2 3", cobra.ExactArgs(2),
		func(args []string, s *state.Snapshot) (write.Intent, error) {
			link, err := chain.ParseLink(args[0], len(s.Links))
			if err != nil {
				return write.Intent{}, usage{err}
			}
			n, err := strconv.ParseInt(args[1], 10, 32)
			if err != nil || n < 0 || n > maxReplicas {
				return write.Intent{}, usage{fmt.Errorf("%q: want a number of pods, 0 to %d", args[1], maxReplicas)}
			}
			return write.Scale(link, int32(n)), nil
		})
}
