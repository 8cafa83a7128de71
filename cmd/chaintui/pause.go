package main

import (
	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) pauseCommand() *cobra.Command {
	return a.changing("pause [LINK…]", "pause", "", cobra.ArbitraryArgs, onLinks(write.Pause))
}

func (a *app) resumeCommand() *cobra.Command {
	return a.changing("resume [LINK…]", "resume", "", cobra.ArbitraryArgs, onLinks(write.Resume))
}

// onLinks is an intent about links.
func onLinks(do func([]int) write.Intent) intent {
	return func(args []string, s *state.Snapshot) (write.Intent, error) {
		links, err := linksOf(args, s)
		return do(links), err
	}
}
