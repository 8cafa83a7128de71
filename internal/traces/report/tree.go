// Package report writes traces as text, JSON, HTML and SVG: pure functions, to be called by a command line.
package report

import (
	"cmp"
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
	out := newPrinter(w)
	names := shortname.Names(t.Services)
	l := t.Ledger
	out.printf("trace %s  %s  %d spans in %d rows, %d services\n", t.ID, units.Duration(t.Duration()), l.Received, len(t.Rows), len(t.Services))
	for i := range t.Rows {
		r := &t.Rows[i]
		out.printf("%s%s  %s", strings.Repeat("  ", min(r.Depth, 40)), cmp.Or(names[r.Service()], sanitise.Line(r.Service()), "?"), sanitise.Line(r.Name()))
		if r.Marks.Has(traces.Synthetic) {
			out.printf("(root not received)")
		}
		out.printf("  %s", units.Duration(r.Duration))
		if i == t.Origin {
			out.printf("  ✗ %s began here", cmp.Or(sanitise.Line(r.Failure()), "error"))
		} else if r.Marks.Has(traces.Failed) {
			out.printf("  ✗ %s", cmp.Or(sanitise.Line(r.Failure()), "error"))
		}
		out.printf("\n")
	}
	if l.Merged+l.Refused > 0 {
		out.printf("%d received = %d shown + %d merged + %d refused\n", l.Received, l.Shown, l.Merged, l.Refused)
	}
	return out.Flush()
}
