package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
)

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "What is set, and where", Args: noCommand}
	c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	var format string
	show := &cobra.Command{
		Use:   "show",
		Short: "Each setting's value, and whether a flag, the environment, a file or the default says so",
		Args:  cobra.NoArgs,
	}
	output(show, &format, "text", "json")
	takes(show, deploys)
	c.AddCommand(a.action(show, func(context.Context, []string) error {
		settings, err := a.settings()
		if err != nil {
			return err
		}
		if format == "json" {
			return a.json(struct {
				Schema   string       `json:"schema"`
				Files    []string     `json:"files"`
				Settings []config.Row `json:"settings"`
			}{"chaintui.config/v1", append([]string{}, settings.Files...), settings.Rows()})
		}
		return settings.Show(a.out)
	}))
	return c
}
