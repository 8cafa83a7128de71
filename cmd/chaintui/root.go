package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
)

func init() { cobra.EnableCommandSorting = false } // help lists commands in our order, what is needed first at the top

// root makes the command line. The settings are flags of the root, so that they may stand anywhere on the line, also
// before the command, where the original has them.
func (a *app) root() *cobra.Command {
	var run headless
	var dash dashboard
	root := &cobra.Command{
		Use:   "chaintui",
		Short: "Deploy a chain of services on Kubernetes, watch it live, and see its traces",
		Long: `chaintui deploys a chain of services on Kubernetes, shows it live, draws its traces, and proves that it works.
Without a command on a terminal it opens the dashboard.`,
		Args:          noCommand,
		SilenceErrors: true, // exit.go says them
		SilenceUsage:  true,
		Version:       config.ReadBuild().Version,
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagMistake)
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true}) // --help does
	root.CompletionOptions.DisableDefaultCmd = true

	flags := root.PersistentFlags()
	flags.SortFlags = false
	a.flags.AddFlags(flags, config.Access, config.Run, config.Chain, config.Load, config.Pods)
	flags.BoolP("debug", "d", false, "as --verbose") // the original's, where it had no effect
	flags.Bool("info", false, "the default")
	_ = flags.MarkHidden("debug")
	_ = flags.MarkHidden("info")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if debug, _ := cmd.Flags().GetBool("debug"); debug {
			a.flags["verbose"] = "true"
		}
		return a.stray(cmd)
	}
	run.addFlags(root)
	dash.addFlags(root)
	dash.addPlaces(root)

	root.PreRunE = run.check
	root.AddCommand(a.commands()...)
	for _, c := range root.Commands() {
		if c.Annotations[takenKey] == "" {
			takes(c, nil)
		}
	}
	takes(root, deploys)
	argumentMistakes(root)
	root.SetUsageFunc(printUsage)
	return a.action(root, func(ctx context.Context, _ []string) error {
		if run.asked() {
			return run.do(ctx, a)
		}
		return dash.open(ctx, a, root)
	})
}

// commands are all commands, in the order in which help lists them.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.deployCommand(), a.statusCommand(), a.validateCommand(), a.diffCommand(), a.deleteCommand(),
		a.resizeCommand(), a.redeployCommand(), a.rollbackCommand(), a.historyCommand(), a.pauseCommand(), a.resumeCommand(),
		a.scaleCommand(), a.faultCommand(), a.loadCommand(), a.adoptCommand(),
		a.tourCommand(), a.requestCommand(), a.tracesCommand(), a.logsCommand(), a.eventsCommand(), a.portForwardCommand(),
		a.generateCommand(), a.configCommand(), a.versionCommand(), a.completionCommand(),
	}
}

// noCommand refuses what is not a command, with cobra's suggestions.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("unknown command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + near[0]
	}
	return usage{errors.New(text + "; see " + cmd.CommandPath() + " --help")}
}
