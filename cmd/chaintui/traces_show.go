package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/report"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

const traceNames = "ID|latest|slowest|FILE|-"

func (a *app) tracesShow() *cobra.Command {
	var d drawn
	var tree bool
	c := &cobra.Command{Use: "show " + traceNames, Short: "One trace as a waterfall", Args: cobra.ExactArgs(1), Example: "  chaintui traces show slowest\n  chaintui traces show 4f1c9a2e   # the beginning of an id"}
	d.addFlags(c)
	c.Flags().BoolVar(&tree, "tree", false, "an indented tree with durations, without bars")
	return a.action(c, func(ctx context.Context, args []string) error {
		list, err := a.one(ctx, args[0])
		if err != nil {
			return err
		}
		return d.show(a, traces.BuildList(list), tree)
	})
}

// show draws one trace.
func (d *drawn) show(a *app, t *traces.Trace, tree bool) error {
	if tree && d.format == "text" {
		return report.Tree(a.out, t)
	}
	return d.print(a, func() report.Document { return report.TraceDocument(t) },
		func(width int) []paint.Line {
			return report.Show(t, report.ShowOptions{Width: width, Zone: time.Local})
		})
}

func (a *app) tracesCompare() *cobra.Command {
	var d drawn
	c := &cobra.Command{
		Use:   "compare A B|median",
		Short: "Two traces call by call, or one against the median of the newest",
		Long:  "A and B are each " + traceNames + "; of an id its beginning is enough.",
		Args:  cobra.ExactArgs(2),
	}
	d.addFlags(c)
	return a.action(c, func(ctx context.Context, args []string) error {
		left, err := a.one(ctx, args[0])
		if err != nil {
			return err
		}
		one := traces.BuildList(left)
		set, err := a.against(ctx, args[1], one)
		if err != nil {
			return err
		}
		result := compare.Traces(one, set)
		return d.print(a, func() report.Document { return report.CompareDocument(result) },
			func(width int) []paint.Line {
				return report.Compare(result, report.CompareOptions{Width: width, A: args[0], B: args[1]})
			})
	})
}

// against is the other side of a comparison: one trace, or the newest ones but the one that is compared.
func (a *app) against(ctx context.Context, name string, one *traces.Trace) ([]*traces.Trace, error) {
	if name != "median" {
		list, err := a.one(ctx, name)
		return built([]zipkin.List{list}), err
	}
	api, err := a.collector(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, a.config.Timeout(askTimeout))
	defer cancel()
	found, err := api.Traces(ctx, zipkin.Query{Limit: slowestOf, Lookback: 24 * time.Hour, End: settledAt(ctx, api)})
	if err != nil {
		return nil, atCollector(err)
	}
	set := compare.Peers(one, built(a.own(found.Traces)))
	if len(set) == 0 {
		return nil, errNoTraces
	}
	return set, nil
}
