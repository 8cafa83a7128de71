package main

import (
	"cmp"
	"context"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/progress"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/validate"
	"github.com/chaintui/chaintui/internal/validate/report"
)

// validateTimeout is how long a validation may take unless the user says otherwise.
const validateTimeout = 60 * time.Second

func (a *app) validateCommand() *cobra.Command {
	var v validation
	c := &cobra.Command{
		Use:   "validate",
		Short: "Proves that the chain works, or names the link that broke first",
		Long: `Checks access, drift, rollouts and endpoints, sends one request through the chain, looks for its whole trace, and at
how the load generator fares. The first line says what broke first. The exit code is 0 for a healthy chain, 1 for an
unhealthy one, 3 without a cluster or a needed right, and 4 when the time was up.`,
		Example: `  chaintui validate
  chaintui validate -o junit --report chain.json --artifacts failure/`,
		Args: cobra.NoArgs,
	}
	v.addFlags(c)
	return a.action(c, func(ctx context.Context, _ []string) error { return v.do(ctx, a) })
}

// validation is the command validate.
type validation struct {
	format    string
	report    string // a file
	artifacts string // a folder
}

func (v *validation) addFlags(c *cobra.Command) {
	output(c, &v.format, report.Formats...)
	c.Flags().StringVar(&v.report, "report", "", "also write a report to this file: .json, .xml (junit), or text")
	c.Flags().StringVar(&v.artifacts, "artifacts", "", "write what explains a failure into this folder")
}

func (v *validation) do(ctx context.Context, a *app) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	a.sayConfig(c)
	cluster, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer cluster.close()
	return v.run(ctx, a, c, cluster)
}

// run is do on a cluster that is open.
func (v *validation) run(ctx context.Context, a *app, c *config.Config, cluster *cluster) error {
	show := progress.New(a.err, a.terminal(a.err))
	result, err := validate.Run(ctx, session.Sources(session.NewCollector(c.Text("zipkin-url"), cluster.Cluster), cluster.Watcher), validate.Options{
		Timeout: c.Timeout(validateTimeout), Grace: c.Grace(),
		Update: func(text string) {
			show.Step(text, 0, 0)
			if s := cluster.Latest(); healthOf(s) != nil {
				show.Lines(progress.Of(s))
			}
		},
	})
	show.End()
	if err != nil {
		return err
	}
	a.sayChain(result.Snapshot)
	written := v.write(a, c, result)
	if v.artifacts != "" && result.Outcome != validate.Healthy {
		a.keep(ctx, v.artifacts, cluster, result)
	}
	return cmp.Or(written, outcomeError(result))
}

// outcomeError is the exit code of a validation.
func outcomeError(r *validate.Result) error {
	switch r.Outcome {
	case validate.Healthy:
		return nil
	case validate.TimedOut:
		return status(exitTimeout)
	case validate.NoAccess:
		return status(exitNoCluster)
	case validate.Unhealthy:
	}
	return status(exitUnhealthy)
}

// write writes the report to stdout, and to the file that was asked for.
func (v *validation) write(a *app, c *config.Config, r *validate.Result) error {
	if err := report.Write(a.out, report.Format(v.format), r, c.Rows()); err != nil || v.report == "" {
		return err
	}
	return writeFile(v.report, func(w io.Writer) error {
		return report.Write(w, report.FormatOf(v.report), r, c.Rows())
	})
}

// writeFile writes a file, and says when it could not be written to its end.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return usage{err}
	}
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// sayConfig logs the configuration in use, as the original does before it validates.
func (a *app) sayConfig(c *config.Config) {
	a.say("Using the configuration:")
	for _, row := range c.Rows() {
		if row.Origin != config.FromDefault || row.Name == "namespace" {
			a.say("  %s: %s (%s)", row.Name, row.Value, row.Origin)
		}
	}
}

// sayChain logs what the chain itself is made of: its release counts, and not what the settings would make of a new one.
func (a *app) sayChain(s *state.Snapshot) {
	if len(s.Links) == 0 {
		return
	}
	a.say("  instances: %d (cluster)", len(s.Links))
	a.say("  chain-link-image: %s (cluster)", s.Links[0].Image)
	if l := s.Live.Load; l != nil {
		a.say("  rate: %g (cluster)", l.Rate)
	}
}
