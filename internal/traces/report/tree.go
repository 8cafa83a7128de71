// Package report writes traces as text, JSON, HTML and SVG: pure functions, to be called by a command line.
package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// Tree writes a trace as an indented tree without bars: a row's service, name, duration and what is wrong with it. It is
// for logs and places too narrow for a waterfall.
func Tree(w io.Writer, t *traces.Trace) error {
	out := bufio.NewWriter(w)
	names := shortname.Names(t.Services)
	l := t.Ledger
	fmt.Fprintf(out, "trace %s  %s  %d spans in %d rows, %d services\n", t.ID, units.Duration(t.Duration()), l.Received, len(t.Rows), len(t.Services))
	for i := range t.Rows {
		r := &t.Rows[i]
		fmt.Fprintf(out, "%s%s  %s", strings.Repeat("  ", min(r.Depth, 40)), or(names[r.Service()], sanitise.Line(r.Service()), "?"), sanitise.Line(r.Name()))
		if r.Marks.Has(traces.Synthetic) {
			fmt.Fprint(out, "(root not received)")
		}
		fmt.Fprintf(out, "  %s", units.Duration(r.Duration))
		if i == t.Origin {
			fmt.Fprintf(out, "  ✗ %s began here", or(sanitise.Line(r.Error()), "error"))
		} else if r.Marks.Has(traces.Failed) {
			fmt.Fprintf(out, "  ✗ %s", or(sanitise.Line(r.Error()), "error"))
		}
		fmt.Fprintln(out)
	}
	if l.Merged+l.Refused > 0 {
		fmt.Fprintf(out, "%d received = %d shown + %d merged + %d refused\n", l.Received, l.Shown, l.Merged, l.Refused)
	}
	return out.Flush()
}

func or(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
