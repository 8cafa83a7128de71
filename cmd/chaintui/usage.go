package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/config"
)

// groupsKey annotates a command with the groups of settings that it takes beside those of every command.
const groupsKey = "chaintui.groups"

// takes says which groups of settings mean something to a command. Its help lists no others.
func takes(c *cobra.Command, groups ...config.Group) {
	names := []string{string(config.Access), string(config.Run)}
	for _, g := range groups {
		names = append(names, string(g))
	}
	if c.Annotations == nil {
		c.Annotations = map[string]string{}
	}
	c.Annotations[groupsKey] = strings.Join(names, "\n")
}

// groupsOf are the groups that the command takes; its parent's for a subcommand.
func groupsOf(c *cobra.Command) []string {
	for ; c != nil; c = c.Parent() {
		if names := c.Annotations[groupsKey]; names != "" {
			return strings.Split(names, "\n")
		}
	}
	return nil
}

// printUsage is what --help prints below the command's description.
func printUsage(c *cobra.Command) error {
	w := c.OutOrStderr()
	fmt.Fprintln(w, "Usage:")
	if c.Runnable() {
		fmt.Fprintln(w, " ", c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintln(w, " ", c.CommandPath(), "COMMAND [flags]")
		fmt.Fprintln(w, "\nCommands:")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(w, "  %-*s  %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	if c.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
	}
	if own := c.LocalNonPersistentFlags(); own.HasAvailableFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", own.FlagUsages())
	}
	groups := groupsOf(c)
	for _, g := range []config.Group{config.Access, config.Chain, config.Load, config.Pods, config.Run} {
		if !slices.Contains(groups, string(g)) {
			continue
		}
		set := pflag.NewFlagSet("", pflag.ContinueOnError)
		set.SortFlags = false
		for _, s := range config.Of(g) {
			set.AddFlag(c.Root().PersistentFlags().Lookup(s.Name))
		}
		fmt.Fprintf(w, "\n%s:\n%s", g, set.FlagUsages())
	}
	return nil
}
