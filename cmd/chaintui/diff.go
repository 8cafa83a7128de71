package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) diffCommand() *cobra.Command {
	var d deploy
	c := &cobra.Command{
		Use:     "diff",
		Aliases: []string{"dry-run"},
		Short:   "What a deploy with these flags would change, by a server-side dry run",
		Long: `Asks the API server what a deploy with these flags would make of each object, and prints what differs. Without flags
that is the drift: what was edited since the newest release, and by whom. The exit code is 0 when nothing differs, 1 when
something does, and above 1 for an error.`,
		Args: cobra.NoArgs,
	}
	d.addFlags(c)
	for _, name := range []string{"dry-run", "no-wait", "force-conflicts"} {
		_ = c.Flags().MarkHidden(name)
	}
	takes(c, deploys)
	c.PreRunE = func(*cobra.Command, []string) error { return d.check(a) }
	return a.action(c, func(ctx context.Context, _ []string) error { return d.diff(ctx, a) })
}

// diff prints what a deploy would change.
func (d *deploy) diff(ctx context.Context, a *app) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout(changeTimeout))
	defer cancel()
	cluster, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer cluster.close()
	s, err := cluster.reach(ctx)
	if err != nil {
		return err
	}
	w := write.New(cluster.Cluster, write.Options{})
	p, err := d.plan(c)(ctx, w, s)
	if err != nil {
		return err
	}
	difference, err := w.Diff(ctx, p)
	if err != nil {
		return err
	}
	a.sayDrift(ctx, w)
	for _, conflict := range difference.Conflicts {
		a.say("note: %s; --force-conflicts takes it over", conflict)
	}
	for _, note := range difference.Notes {
		a.say("note: %s", note)
	}
	text := difference.String()
	if text == "" { // also when a release that was cut short is to be written again
		return nil
	}
	a.printDiff(text)
	return status(exitUnhealthy)
}

// sayDrift names who edited what since the newest release.
func (a *app) sayDrift(ctx context.Context, w *write.Writer) {
	drift, _, err := w.Drift(ctx)
	if err != nil {
		return // the diff itself was had; who made it is an extra
	}
	for _, d := range drift {
		a.say("drift: %s", d)
	}
}

// printDiff prints a unified diff, in colour on a terminal.
func (a *app) printDiff(text string) {
	colour := a.terminal(a.out).Color
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if colour {
			switch {
			case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
				line = "\x1b[1m" + line + "\x1b[0m"
			case strings.HasPrefix(line, "+"):
				line = "\x1b[32m" + line + "\x1b[0m"
			case strings.HasPrefix(line, "-"):
				line = "\x1b[31m" + line + "\x1b[0m"
			case strings.HasPrefix(line, "@@"):
				line = "\x1b[36m" + line + "\x1b[0m"
			}
		}
		fmt.Fprintln(a.out, line)
	}
}
