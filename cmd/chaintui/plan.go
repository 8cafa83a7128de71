package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// printPlan prints what a plan would do.
func printPlan(w io.Writer, p *write.Plan) {
	if p.Nothing() {
		fmt.Fprintln(w, p.Action+": would change nothing")
		return
	}
	fmt.Fprintln(w, p.Action+" would do this:")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, l := range p.Lines() {
		fmt.Fprintf(t, "  %s\t%s\n", l.Label, sanitise.Line(l.Text))
	}
	_ = t.Flush()
}
