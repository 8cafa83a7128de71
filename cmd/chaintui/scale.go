package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) scaleCommand() *cobra.Command {
	var n int64
	read := func(args []string) (err error) {
		if n, err = strconv.ParseInt(args[1], 10, 32); err != nil || n < 0 || n > chain.MaxReplicas {
			return fmt.Errorf("%q: want a number of pods, 0 to %d", args[1], chain.MaxReplicas)
		}
		return nil
	}
	return a.changing("scale LINK REPLICAS", "scale", "  chaintui scale 2 3", reads(2, read),
		func(args []string, s *state.Snapshot) (write.Intent, error) {
			link, err := chain.ParseLink(args[0], len(s.Links))
			if err != nil {
				return write.Intent{}, usage{err}
			}
			return write.Scale(link, int32(n)), nil
		})
}
