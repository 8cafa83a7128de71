package main

import (
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/report"
	"github.com/chaintui/chaintui/internal/traces/tail"
	"github.com/chaintui/chaintui/internal/traffic"
)

func (a *app) tracesTail() *cobra.Command {
	var d drawn
	var q wanted
	c := &cobra.Command{Use: "tail", Short: "A line for each trace as it comes, once it does not grow any more", Args: cobra.NoArgs,
		Long: "A line for each trace as it comes, once it does not grow any more; another when it did after all."}
	d.addFlags(c)
	q.addFlags(c)
	return a.action(c, func(ctx context.Context, _ []string) error {
		api, err := a.collector(ctx)
		if err != nil {
			return err
		}
		var trouble string
		first := true
		var printed error
		following, stop := context.WithCancel(ctx)
		defer stop()
		_ = tail.Follow(following, api, tail.Options{Query: q.zipkin()}, func(p tail.Poll) {
			if p.Err != nil && p.Err.Error() != trouble {
				trouble = p.Err.Error()
				a.say("the collector can't be asked: %s; trying again", trouble)
			} else if p.Err == nil {
				trouble = ""
			}
			if p.Missed {
				a.say("more traces came than could be asked for: some are missing here; choose among them, as by --service or --errors")
			}
			for _, e := range p.Events {
				if !e.Settled || a.chain != "" && !traffic.OwnTrace(a.chain, e.Trace) {
					continue
				}
				if printed = d.tailLine(a, e.Trace, first); printed != nil {
					stop()
					return
				}
				first = false
			}
		})
		if interrupted(ctx) {
			return interruption{status(exitInterrupted)}
		}
		return printed
	})
}

// tailLine prints one trace of a tail: a line, or a document with a list of one on a line.
func (d *drawn) tailLine(a *app, t *traces.Trace, first bool) error {
	if d.format == "json" {
		b, err := json.Marshal(report.ListDocument([]*traces.Trace{t}))
		if err != nil {
			return err
		}
		_, err = a.out.Write(append(sanitise.JSON(b), '\n'))
		return err
	}
	lines := drawList([]*traces.Trace{t}, found{}, d.columns(a))
	if !first { // without the head, and the day
		lines = lines[1:]
		if t.Start != 0 {
			lines = lines[1:]
		}
	}
	return d.draw(a, lines)
}
