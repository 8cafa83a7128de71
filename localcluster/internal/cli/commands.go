//go:build linux

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/localcluster/internal/build"
	"github.com/chaintui/chaintui/localcluster/internal/host"
)

func (p *program) up() *cobra.Command {
	return &cobra.Command{
		Use: "up", Short: "Start the cluster, building its components the first time", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			if err := host.Prepare(cmd.Context(), os.Stderr); err != nil {
				return err
			}
			bin, err := p.builder().Ensure(cmd.Context(), build.Node)
			if err != nil {
				return err
			}
			if err := c.Up(cmd.Context(), bin, os.Stderr); err != nil {
				return err
			}
			server, err := c.Server()
			if err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "API server: %s\nTo use it:\n", server)
			fmt.Printf("export KUBECONFIG=%s\n", c.Kubeconfig())
			return nil
		},
	}
}

func (p *program) down() *cobra.Command {
	return &cobra.Command{
		Use: "down", Short: "Remove the cluster and everything in it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			return c.Down(cmd.Context(), os.Stderr)
		},
	}
}

func (p *program) status() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show the components; the exit code is 0 only if all is up", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			status, err := c.Status(cmd.Context())
			if err != nil {
				return err
			}
			table := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
			fmt.Fprintln(table, "COMPONENT\tSTATE\tPID\tLOG")
			for _, each := range status.Components {
				pid := "-"
				if each.PID > 0 {
					pid = fmt.Sprint(each.PID)
				}
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", each.Name, each.State, pid, each.Log)
			}
			table.Flush()
			fmt.Printf("\nnode:        %s\nAPI server:  %s\nkubeconfig:  %s\n", status.Node, status.Server, c.Kubeconfig())
			if !status.Up {
				return errNotUp
			}
			return nil
		},
	}
}

func (p *program) load() *cobra.Command {
	return &cobra.Command{
		Use: "load IMAGE.tar", Short: "Import an image archive, as docker save writes them", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			archive, err := filepath.Abs(args[0])
			if err != nil {
				return err
			}
			if _, err := os.Stat(archive); err != nil {
				return err
			}
			return c.Load(cmd.Context(), archive)
		},
	}
}

func (p *program) kubeconfig() *cobra.Command {
	return &cobra.Command{
		Use: "kubeconfig", Short: "Print the path of the cluster's kubeconfig", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			if _, err := c.Server(); err != nil {
				return err
			}
			fmt.Println(c.Kubeconfig())
			return nil
		},
	}
}

func (p *program) kubectl() *cobra.Command {
	return &cobra.Command{
		Use: "kubectl ARGS...", Short: "Run kubectl on the cluster, building it the first time",
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.open()
			if err != nil {
				return err
			}
			if _, err := c.Server(); err != nil {
				return err
			}
			bin, err := p.builder().Ensure(cmd.Context(), build.Kubectl)
			if err != nil {
				return err
			}
			if err := os.Setenv("KUBECONFIG", c.Kubeconfig()); err != nil {
				return err
			}
			return syscall.Exec(filepath.Join(bin, "kubectl"), append([]string{"kubectl"}, args...), os.Environ())
		},
	}
}
