package report

import (
	"cmp"
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
	"github.com/chaintui/chaintui/internal/traces/waterfall"
)

// ShowOptions say how one trace is drawn.
type ShowOptions struct {
	Width     int               // cells
	Zone      *time.Location    // of the time shown; nil for UTC
	Waterfall waterfall.Options // what is folded, focused, zoomed
}

// Show draws one trace: what it is, its waterfall, what its time was spent on, and its ledger when that is not plain.
func Show(t *traces.Trace, o ShowOptions) []paint.Line {
	layout := waterfall.New(t, o.Waterfall, o.Width)
	lines := []paint.Line{title(t, o).Fit(o.Width), {}}
	if len(t.Rows) > 0 {
		lines = append(lines, layout.Axis())
	}
	for _, r := range layout.Rows(0, layout.Len()) {
		lines = append(lines, r.Cells)
	}
	lines = append(lines, paint.Line{})
	lines = append(lines, pathLines(t, o.Width)...)
	return append(lines, ledgerLines(t, o.Width)...)
}

func title(t *traces.Trace, o ShowOptions) paint.Line {
	name := "empty trace"
	if len(t.Rows) > 0 {
		name = cmp.Or(paint.Safe(t.Rows[0].Name()), paint.Safe(t.Rows[0].Service()), "root not received")
	}
	id := t.ID
	if o.Width < 120 {
		id = shortID(t.ID, 9)
	}
	line := paint.Line{paint.Say(paint.Muted, "trace "+id+"  "), paint.Bold(paint.Strong, paint.Cut(name, 30)), paint.Bold(paint.Strong, "  "+units.Duration(t.Duration()))}
	if t.Start > 0 {
		line = append(line, paint.Say(paint.Muted, "  "+at(t, o.Zone).Format("2 Jan 15:04:05.000")))
	}
	if t.Origin >= 0 {
		r := &t.Rows[t.Origin]
		names := shortname.Names(t.Services)
		text := "  ✗ " + cmp.Or(paint.Cut(paint.Safe(r.Failure()), 24), "error") + " from " + cmp.Or(names[r.Service()], "?")
		if line.Width()+paint.Width(text) <= o.Width {
			line = append(line, paint.Say(paint.Fail, text))
		}
	}
	counts := fmt.Sprintf("  %s spans in %s rows  %s services", units.Count(int64(t.Ledger.Received)), units.Count(int64(len(t.Rows))), units.Count(int64(len(t.Services))))
	if line.Width()+paint.Width(counts) <= o.Width {
		line = append(line, paint.Say(paint.Muted, counts))
	}
	return line
}

// pathShares is how many services the line about the critical path names.
const pathShares = 4

func pathLines(t *traces.Trace, width int) []paint.Line {
	shares := critical.Shares(t, critical.Path(t))
	var whole int64
	for _, s := range shares {
		whole += s.Self
	}
	if whole == 0 {
		return nil
	}
	names := shortname.Names(t.Services)
	line := paint.Line{paint.Say(paint.Muted, "critical path  ")}
	for i, s := range shares {
		name, token := cmp.Or(names[s.Service], "unknown"), paint.Series+paint.SeriesOf(s.Service)
		if s.Network {
			name, token = "network", paint.Muted
		}
		part := paint.Line{paint.Say(token, name), paint.Say(paint.Text, " "+units.Duration(s.Self)), paint.Say(paint.Muted, " "+units.Percent(s.Self, whole)+"   ")}
		if i == pathShares || line.Width()+part.Width() > width {
			if more := fmt.Sprintf("and %d more", len(shares)-i); line.Width()+len(more) <= width {
				line = append(line, paint.Say(paint.Muted, more))
			}
			break
		}
		line = append(line, part...)
	}
	return []paint.Line{line.Fit(width)}
}

// ledgerLines accounts for the spans received, unless every one is simply shown.
func ledgerLines(t *traces.Trace, width int) []paint.Line {
	l := t.Ledger
	var lines []paint.Line
	say := func(token paint.Token, text string) {
		lines = append(lines, paint.Line{paint.Say(token, paint.Cut(text, width))})
	}
	if l.Merged+l.Refused > 0 {
		say(paint.Muted, fmt.Sprintf("ledger         %d received = %d shown + %d merged + %d refused", l.Received, l.Shown, l.Merged, l.Refused))
	}
	if t.Repaired > 0 {
		say(paint.Muted, fmt.Sprintf("repaired       %s with a field that was mended or dropped", plural(t.Repaired, "span")))
	}
	const named = 5
	for i, r := range t.Refused {
		if i == named {
			say(paint.Warn, fmt.Sprintf("               … and %d more", len(t.Refused)-named))
			break
		}
		say(paint.Warn, fmt.Sprintf("refused        span %d: %s", r.Index, paint.Safe(r.Reason)))
	}
	var shifted int
	var most int64
	for i := range t.Rows {
		for _, h := range t.Rows[i].Halves() {
			if h.Shift != 0 {
				shifted++
				most = max(most, h.Shift)
			}
		}
	}
	if shifted > 0 {
		say(paint.Muted, fmt.Sprintf("clocks         %s shifted, by up to %s", plural(shifted, "span"), units.Duration(most)))
	}
	if t.Cut != "" {
		say(paint.Warn, "cut            the list ended early: "+paint.Safe(t.Cut))
	}
	if t.ID == "" && l.Received > 0 {
		say(paint.Warn, "no usable span was received")
	}
	return lines
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return units.Count(int64(n)) + " " + thing + "s"
}
