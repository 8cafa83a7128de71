package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/report"
)

func (a *app) tracesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "traces",
		Short: "The chain's traces: list, show, compare, statistics, flame graph, live tail, map, export, check",
		Long: `Draws the traces of the chain's collector, of any Zipkin-compatible server (--zipkin-url), or of a file or standard
input (FILE or -), for which no cluster is needed. Without a command it lists the newest.`,
		Args: noCommand,
	}
	list := a.tracesList()
	c.RunE = list.RunE
	c.Flags().AddFlagSet(list.Flags())
	c.AddCommand(list, a.tracesShow(), a.tracesCompare(), a.tracesStats(), a.tracesFlame(), a.tracesTail(), a.tracesMap(), a.tracesExport(), a.tracesCheck())
	return c
}

// drawn are the flags of every command that draws traces.
type drawn struct {
	format string
	ascii  bool
	width  int
	theme  string

	palette *paint.Palette
	asked   bool // what the palette is; a terminal is asked once
}

func (d *drawn) addFlags(c *cobra.Command) {
	output(c, &d.format, "text", "json")
	c.Flags().BoolVar(&d.ascii, "ascii", false, "7-bit characters only")
	c.Flags().StringVar(&d.theme, "theme", "auto", "colours: auto (as the terminal's ground wants them), dark, light, 16, or none")
	c.Flags().IntVar(&d.width, "width", 0, "columns (default the terminal's, else 120)")
}

// columns is how wide to draw.
func (d *drawn) columns(a *app) int {
	switch size := a.terminal(a.out).Size; {
	case d.width > 0:
		return max(d.width, 40)
	case size != nil:
		columns, _ := size()
		return max(columns, 40)
	}
	return 120
}

// draw prints lines: in colour on a terminal, or where a theme was asked for.
func (d *drawn) draw(a *app, lines []paint.Line) error {
	if !d.asked {
		var err error
		if d.palette, err = a.palette(d.theme); err != nil {
			return err
		}
		d.asked = true
	}
	return paint.Write(a.out, lines, paint.Style{ASCII: d.ascii, Palette: d.palette})
}

// print prints a document as JSON, or else the lines that draw it.
func (d *drawn) print(a *app, document func() report.Document, lines func(width int) []paint.Line) error {
	if d.format == "json" {
		return report.WriteJSON(a.out, document())
	}
	return d.draw(a, lines(d.columns(a)))
}

type (
	documentOf func([]*traces.Trace) report.Document
	linesOfSet func(set []*traces.Trace, f found, width int) []paint.Line
)

// onSettled is onSet without the traces of which spans may still be on the way.
func (a *app) onSettled(use, short string, document documentOf, lines linesOfSet) *cobra.Command {
	return a.searching(use, short, search{settled: true}, document, lines)
}

// onSet makes a command that draws a set of traces.
func (a *app) onSet(use, short string, document documentOf, lines linesOfSet) *cobra.Command {
	return a.searching(use, short, search{}, document, lines)
}

func (a *app) searching(use, short string, q search, document documentOf, lines linesOfSet) *cobra.Command {
	var d drawn
	c := &cobra.Command{Use: use + " [FILE|-]", Short: short, Args: cobra.MaximumNArgs(1)}
	d.addFlags(c)
	q.addFlags(c)
	return a.action(c, func(ctx context.Context, args []string) error {
		if err := whole(c, args, "service", "remote-service", "span", "query", "min-duration", "max-duration", "errors", "since", "until", "limit", "deeper"); err != nil {
			return err
		}
		f, err := q.find(ctx, a, args)
		if err != nil {
			return err
		}
		if use != "list" || d.format == "json" { // a drawn list says so itself
			a.tellLimits(f)
		}
		return d.print(a, func() report.Document { return document(f.set) },
			func(width int) []paint.Line { return lines(f.set, f, width) })
	})
}
