package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

func (a *app) historyCommand() *cobra.Command {
	var format string
	c := &cobra.Command{Use: "history", Short: "The chain's releases: who did what, when, and how it ended", Args: cobra.NoArgs}
	output(c, &format, "text", "json")
	return a.action(c, func(ctx context.Context, _ []string) error {
		s, err := a.look(ctx)
		if err != nil {
			return err
		}
		if format == "json" {
			return a.json(struct {
				Schema   string          `json:"schema"`
				Releases []chain.Release `json:"releases"`
			}{"chaintui.history/v1", append([]chain.Release{}, s.Releases...)})
		}
		t := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, "RELEASE\tTIME\tAUTHOR\tLINKS\tACTION\tOUTCOME")
		for _, r := range s.Releases {
			outcome := string(r.Outcome)
			if r.Reason != "" {
				outcome += ": " + r.Reason
			}
			fmt.Fprintf(t, "%d\t%s\t%s\t%d\t%s\t%s\n", r.Number, r.Time.Local().Format(time.DateTime), sanitise.Line(r.Author), r.Spec.Len(),
				sanitise.Line(r.Action), sanitise.Line(outcome))
		}
		for _, problem := range s.Unread {
			a.say("note: %s", problem)
		}
		return t.Flush()
	})
}
