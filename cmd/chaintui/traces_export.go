package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/report"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func (a *app) tracesExport() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "export " + traceNames + " [TO]",
		Short:   "A trace as Zipkin JSON, or as a self-contained HTML page or SVG picture",
		Example: "  chaintui traces export slowest slow.html",
		Args:    cobra.RangeArgs(1, 2),
	}
	c.Flags().Var(&choice{&format, []string{"zipkin", "html", "svg"}}, "as", "zipkin, html or svg (default what the name of TO ends in, else zipkin)")
	return a.action(c, func(ctx context.Context, args []string) error {
		list, err := a.one(ctx, args[0])
		if err != nil {
			return err
		}
		if len(args) < 2 {
			return export(a.out, list, format)
		}
		if format == "" {
			format = strings.TrimPrefix(strings.ToLower(filepath.Ext(args[1])), ".")
		}
		if err := writeFile(args[1], func(w io.Writer) error { return export(w, list, format) }); err != nil {
			return err
		}
		a.say("wrote %s", args[1])
		return nil
	})
}

func export(w io.Writer, list zipkin.List, format string) error {
	switch format {
	case "html", "htm":
		return report.HTML(w, traces.BuildList(list), time.Local)
	case "svg":
		return report.SVG(w, traces.BuildList(list), time.Local)
	}
	return zipkin.Encode(w, list.Spans)
}
