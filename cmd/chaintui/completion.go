package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
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

// offerTaken hides the settings that mean nothing to the command for which a shell asks for completions. cobra would
// offer them all: they are flags of the root.
func offerTaken(root *cobra.Command, args []string) {
	if len(args) == 0 || args[0] != cobra.ShellCompRequestCmd && args[0] != cobra.ShellCompNoDescRequestCmd {
		return
	}
	c, _, err := root.Find(args[1:])
	if err != nil { // half a command is being typed
		return
	}
	takes := taken(c)
	for _, s := range config.All() {
		if !slices.Contains(takes, s.Name) {
			_ = root.PersistentFlags().MarkHidden(s.Name)
		}
	}
}
