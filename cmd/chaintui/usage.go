package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/config"
)

// takenKey annotates a command with the settings that mean something to it.
const takenKey = "chaintui.settings"

// takes says which groups of settings mean something to a command beside those of every command, and which settings of
// these groups don't. Its help lists no others.
func takes(c *cobra.Command, groups []config.Group, except ...string) {
	var names []string
	for _, s := range config.Of(append([]config.Group{config.Access, config.Run}, groups...)...) {
		if !slices.Contains(except, s.Name) {
			names = append(names, s.Name)
		}
	}
	if c.Annotations == nil {
		c.Annotations = map[string]string{}
	}
	c.Annotations[takenKey] = strings.Join(names, "\n")
}

// taken are the names of the settings that the command takes; its parent's for a subcommand.
func taken(c *cobra.Command) []string {
	for ; c != nil; c = c.Parent() {
		if names := c.Annotations[takenKey]; names != "" {
			return strings.Split(names, "\n")
		}
	}
	return nil
}

// stray finds a setting's flag that means nothing to the command. One that changes the chain refuses it: nobody gives
// --chain-link-image to have it ignored. Others warn, as the original takes its flags everywhere.
func (a *app) stray(c *cobra.Command) error {
	takes := taken(c)
	var strays []string
	for _, s := range config.All() {
		if c.Flags().Changed(s.Name) && !slices.Contains(takes, s.Name) {
			strays = append(strays, "--"+s.Name)
		}
	}
	if len(strays) == 0 {
		return nil
	}
	text := strings.TrimPrefix(c.CommandPath(), "chaintui ") + " does not take " + strings.Join(strays, ", ")
	if act, ok := action.Find(c.Name()); ok && act.Mutates {
		return usage{errors.New(text + "; see " + c.CommandPath() + " --help")}
	}
	a.say("warning: %s: ignored", text)
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
	takes := taken(c)
	for _, g := range []config.Group{config.Access, config.Chain, config.Load, config.Pods, config.Run} {
		set := pflag.NewFlagSet("", pflag.ContinueOnError)
		set.SortFlags = false
		for _, s := range config.Of(g) {
			if slices.Contains(takes, s.Name) {
				set.AddFlag(c.Root().PersistentFlags().Lookup(s.Name))
			}
		}
		if set.HasFlags() {
			fmt.Fprintf(w, "\n%s:\n%s", g, set.FlagUsages())
		}
	}
	return nil
}
