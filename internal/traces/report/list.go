package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// ListOptions say how a list of traces is drawn, and what is known of where it came from.
type ListOptions struct {
	Width int            // cells
	Zone  *time.Location // of the times shown; nil for UTC
	Full  bool           // the server gave as many as it was asked for: there may be more, older ones
	Cut   string         // why the answer ended early
}

// List draws one line a trace, in the order given: when, how long with a bar, spans, links crossed (services that have a
// span), errors, and the hop with the most time of its own on the critical path.
func List(set []*traces.Trace, o ListOptions) []paint.Line {
	if len(set) == 0 {
		return []paint.Line{{paint.Say(paint.Muted, "no traces")}}
	}
	var longest int64
	var services []string
	for _, t := range set {
		longest = max(longest, t.Duration())
		services = append(services, t.Services...)
	}
	names := shortname.Names(services)
	c := listColumns{id: 16, time: "15:04:05.000"}
	if o.Width < 100 {
		c = listColumns{id: 9, time: "15:04:05"}
	}
	c.hop = min(max(o.Width*3/10, 21), 40)
	c.bar = max(o.Width-(1+c.id+2+len(c.time)+2+8+2+6+6+8+2)-c.hop, 4)
	head := fmt.Sprintf(" %-*s  %-*s  %8s  %-*s%6s%6s%8s  %s", c.id, "trace", len(c.time), "time", "duration", c.bar, "", "spans", "links", "errors", "slowest hop")
	lines := []paint.Line{paint.Line{paint.Say(paint.Muted, head)}.Fit(o.Width)}
	day := ""
	for _, t := range set {
		if d := date(t, o.Zone); d != day {
			day = d
			lines = append(lines, paint.Line{paint.Say(paint.Muted, " "+day)})
		}
		lines = append(lines, listRow(t, names, c, longest, o).Fit(o.Width))
	}
	return append(lines, listFoot(set, o)...)
}

// listColumns are the columns that grow with the width.
type listColumns struct {
	id, bar, hop int
	time         string // layout
}

func listRow(t *traces.Trace, names map[string]string, c listColumns, longest int64, o ListOptions) paint.Line {
	line := paint.Line{paint.Say(paint.Text, " "+paint.Pad(shortID(t.ID, c.id), c.id)+"  "),
		paint.Say(paint.Muted, paint.Pad(clock(t, o.Zone, c.time), len(c.time))+"  ")}
	failed := failures(t)
	token := paint.Accent
	if failed > 0 {
		token = paint.Fail
	}
	line = append(line, paint.Say(paint.Text, paint.PadLeft(units.Duration(t.Duration()), 8)+"  "))
	line = append(line, gauge(c.bar, longest, level{t.Duration(), token})...)
	line = append(line, paint.Say(paint.Muted, paint.PadLeft(units.Count(int64(t.Ledger.Received)), 6)+paint.PadLeft(units.Count(int64(len(t.Services))), 6)))
	errors := paint.Say(paint.Faint, paint.PadLeft("·", 8))
	if failed > 0 {
		errors = paint.Say(paint.Fail, paint.PadLeft("✗ "+units.Count(int64(failed)), 8))
	}
	line = append(line, errors, paint.Say(paint.Text, "  "))
	if row, self := critical.Largest(critical.Path(t)); row >= 0 {
		name := cmp.Or(names[t.Rows[row].Service()], paint.Safe(t.Rows[row].Name()), "?")
		line = append(line, paint.Say(paint.Series+paint.SeriesOf(t.Rows[row].Service()), paint.CutMiddle(name, c.hop-9)))
		line = append(line, paint.Say(paint.Muted, "  "+units.Duration(self)))
	}
	return line
}

// listFoot is honest about what the list is.
func listFoot(set []*traces.Trace, o ListOptions) []paint.Line {
	var parts []string
	if o.Full {
		parts = append(parts, fmt.Sprintf("the %d newest, not the slowest; for older ones search deeper", len(set)))
	}
	if o.Cut != "" {
		parts = append(parts, "the answer ended early: "+paint.Safe(o.Cut))
	}
	refused, repaired := 0, 0
	for _, t := range set {
		refused += t.Ledger.Refused
		repaired += t.Repaired
	}
	if refused+repaired > 0 {
		parts = append(parts, fmt.Sprintf("%d spans refused, %d repaired", refused, repaired))
	}
	var lines []paint.Line
	for _, p := range parts {
		lines = append(lines, paint.Line{paint.Say(paint.Muted, " "+paint.Cut(p, o.Width-1))})
	}
	return lines
}

func failures(t *traces.Trace) int {
	n := 0
	for i := range t.Rows {
		if t.Rows[i].Marks.Has(traces.Failed) {
			n++
		}
	}
	return n
}

// shortID is an id without leading zeros, cut to width cells.
func shortID(id string, width int) string { return paint.Cut(strings.TrimLeft(id, "0"), width) }

func at(t *traces.Trace, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	return time.UnixMicro(t.Start).In(zone)
}

func clock(t *traces.Trace, zone *time.Location, layout string) string {
	if t.Start == 0 {
		return "no time"
	}
	return at(t, zone).Format(layout)
}

func date(t *traces.Trace, zone *time.Location) string {
	if t.Start == 0 {
		return ""
	}
	return at(t, zone).Format("2 Jan 2006")
}
