// Command link is the links' image: one binary that serves a link (its default), sends a chain's load, or collects its
// spans.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	_ "golang.org/x/crypto/x509roots/fallback" // the image has no certificates, and a collector may be https
)

func main() {
	ctx, stop := signals()
	defer stop()
	limitMemory()
	if err := command().ExecuteContext(ctx); err != nil {
		var lost lostError
		if errors.As(err, &lost) {
			slog.Error("shut down with losses", "error", err.Error())
		} else {
			fmt.Fprintln(os.Stderr, "link:", err)
		}
		os.Exit(1) //nolint:gocritic // stop only gives signals back
	}
}

// command is the command line. Without a subcommand it serves, so that manifests need name none.
func command() *cobra.Command {
	root := &cobra.Command{
		Use:   "link",
		Short: "One link of a chain; without a command it serves",
		Long: "link serves one link of a chain on Kubernetes, sends the chain's load, or collects its spans.\n" +
			"Each flag can be given by the environment variable that its description names; the flag wins.",
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	serve := serveCommand()
	root.RunE = serve.RunE
	root.Flags().AddFlagSet(serve.Flags())
	root.AddCommand(serve, loadCommand(), collectCommand())
	return root
}

// version is what the image says of itself.
func version() string {
	if v := os.Getenv("CHAIN_LINK_VERSION"); v != "" {
		return v
	}
	return "dev"
}

// lostError is an error of the shutdown: something was lost, but nothing was wrong with the command.
type lostError struct{ error }

func (e lostError) Unwrap() error { return e.error }

// stopped marks what a server returns after its signal.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return lostError{err}
	}
	return err
}
