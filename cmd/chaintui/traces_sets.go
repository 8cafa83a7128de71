package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/report"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func (a *app) tracesList() *cobra.Command {
	c := a.onSet("list", "A line for each trace, the newest first", report.ListDocument, drawList)
	c.Example = "  chaintui traces list --errors --since 10m\n  chaintui traces list --service 3 --min-duration 100ms"
	return c
}

func drawList(set []*traces.Trace, f found, width int) []paint.Line {
	return report.List(set, report.ListOptions{Width: width, Zone: time.Local, Full: f.full, Cut: f.cut})
}

func (a *app) tracesStats() *cobra.Command {
	return a.onSettled("stats", "Counts, errors and percentiles of traces, services and hops",
		func(set []*traces.Trace) report.Document { return report.StatsDocument(stats.Of(set)) },
		func(set []*traces.Trace, _ found, width int) []paint.Line {
			return report.Stats(stats.Of(set), width)
		})
}

func (a *app) tracesFlame() *cobra.Command {
	return a.onSettled("flame", "The traces merged by call path: where time goes", report.ListDocument,
		func(set []*traces.Trace, _ found, width int) []paint.Line {
			return report.Flame(set, width)
		})
}

func (a *app) tracesMap() *cobra.Command {
	var d drawn
	var since time.Duration
	c := &cobra.Command{Use: "map [FILE|-]", Short: "Who called whom, how often, and with how many errors", Args: cobra.MaximumNArgs(1)}
	d.addFlags(c)
	c.Flags().DurationVar(&since, "since", time.Hour, "no older than this")
	return a.action(c, func(ctx context.Context, args []string) error {
		if err := whole(c, args, "since"); err != nil {
			return err
		}
		links, err := a.dependencies(ctx, args, since)
		if err != nil {
			return err
		}
		return d.print(a, func() report.Document { return report.MapDocument(links) },
			func(width int) []paint.Line { return report.Map(links, width) })
	})
}

// dependencies are those that the server counted, or those of a file.
func (a *app) dependencies(ctx context.Context, args []string, since time.Duration) ([]zipkin.Link, error) {
	if len(args) > 0 {
		lists, err := a.readTraces(args[0])
		return traces.Links(built(lists)...), err
	}
	api, err := a.collector(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, a.config.Timeout(askTimeout))
	defer cancel()
	links, err := api.Dependencies(ctx, zipkin.Query{End: api.Now(ctx), Lookback: since})
	if errors.Is(err, zipkin.ErrNotFound) { // Zipkin servers with a storage that needs a job for it have none either
		found, err := api.Traces(ctx, zipkin.Query{Limit: slowestOf, Lookback: since})
		if err != nil {
			return nil, atCollector(err)
		}
		a.say("this collector counts no dependencies: these are of its %d newest traces", len(found.Traces))
		return traces.Links(built(found.Traces)...), nil
	}
	return links, atCollector(err)
}
