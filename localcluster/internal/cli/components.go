//go:build linux

package cli

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/localcluster/internal/cluster"
)

// components are the commands that act on one of them.
func (p *program) components() []*cobra.Command {
	act := func(use, short string, do func(*cobra.Command, cluster.Cluster, string) error) *cobra.Command {
		return &cobra.Command{
			Use: use + " COMPONENT", Short: short, Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				c, err := p.open()
				if err != nil {
					return err
				}
				return do(cmd, c, args[0])
			},
		}
	}
	return []*cobra.Command{
		act("stop", "Stop one component, as for a test of its absence", func(cmd *cobra.Command, c cluster.Cluster, name string) error {
			return c.Stop(cmd.Context(), name, os.Stderr)
		}),
		act("start", "Start a stopped component again", func(cmd *cobra.Command, c cluster.Cluster, name string) error {
			return c.Start(cmd.Context(), name, os.Stderr)
		}),
		act("pause", "Freeze a component: connections stay open, nothing answers", func(_ *cobra.Command, c cluster.Cluster, name string) error {
			return c.Pause(name)
		}),
		act("unpause", "Let a paused component go on", func(_ *cobra.Command, c cluster.Cluster, name string) error {
			return c.Unpause(name)
		}),
	}
}
