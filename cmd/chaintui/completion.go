package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	c := &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     "Prints a shell's completion script",
		Long:      "Prints the script; source <(chaintui completion bash), or put it where your shell looks for completions.",
		ValidArgs: shells,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
	}
	return a.action(c, func(_ context.Context, args []string) error {
		root := c.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(a.out, true)
		case "zsh":
			return root.GenZshCompletion(a.out)
		case "fish":
			return root.GenFishCompletion(a.out, true)
		}
		return root.GenPowerShellCompletionWithDesc(a.out)
	})
}
