package report

import (
	"cmp"
	"fmt"

	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/units"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Stats draws the statistics of a set: of whole traces, of each service's own time, of each hop as its caller saw it.
func Stats(s stats.Set, width int) []paint.Line {
	w := s.Traces
	head := paint.Line{paint.Bold(paint.Strong, fmt.Sprintf("%s traces", units.Count(int64(w.Count)))),
		paint.Say(paint.Text, fmt.Sprintf("  p50 %s  p95 %s  p99 %s  max %s", units.Duration(w.P50), units.Duration(w.P95), units.Duration(w.P99), units.Duration(w.Max)))}
	if w.Errors > 0 {
		head = append(head, paint.Say(paint.Fail, fmt.Sprintf("  ✗ %d failed, %s", w.Errors, units.Percent(int64(w.Errors), int64(w.Count)))))
	}
	lines := []paint.Line{head.Fit(width)}
	if w.Count == 0 {
		return lines
	}
	var services []string
	for _, x := range s.Services {
		services = append(services, x.Name)
	}
	names := shortname.Names(services)
	t := table{width: width, name: min(max(width*35/100, 18), 44)}
	lines = append(lines, paint.Line{}, t.head("own time of a service", "spans"))
	for _, x := range s.Services {
		t.most = max(t.most, x.Self.P95)
	}
	for _, x := range s.Services {
		lines = append(lines, t.row(paint.Line{service(names, x.Name, t.name)}, x.Self))
	}
	if len(s.Hops) > 0 {
		lines = append(lines, paint.Line{}, t.head("hop, as its caller saw it", "calls"))
	}
	t.most = 0
	for _, x := range s.Hops {
		t.most = max(t.most, x.Time.P95)
	}
	for _, x := range s.Hops {
		side := (t.name - 3) / 2
		lines = append(lines, t.row(paint.Line{service(names, x.From, side), paint.Say(paint.Faint, " → "), service(names, x.To, side)}, x.Time))
	}
	return lines
}

func service(names map[string]string, name string, width int) paint.Run {
	return paint.Say(paint.Series+paint.SeriesOf(name), paint.CutMiddle(cmp.Or(names[name], paint.Safe(name), "?"), width))
}

// table is lines of summaries: name, count, errors, percentiles, and a bar from the median to the 95th percentile.
type table struct {
	width, name int
	most        int64
}

func (t table) head(title, count string) paint.Line {
	text := fmt.Sprintf("%s%8s%8s%10s%10s%10s", paint.Pad(title, t.name), count, "errors", "p50", "p95", "p99")
	return paint.Line{paint.Say(paint.Muted, text)}.Fit(t.width)
}

func (t table) row(name paint.Line, s stats.Summary) paint.Line {
	line := append(name.Fit(t.name), paint.Say(paint.Muted, paint.PadLeft(units.Count(int64(s.Count)), 8)))
	errors := paint.Say(paint.Faint, paint.PadLeft("·", 8))
	if s.Errors > 0 {
		errors = paint.Say(paint.Fail, paint.PadLeft("✗ "+units.Count(int64(s.Errors)), 8))
	}
	line = append(line, errors, paint.Say(paint.Text, paint.PadLeft(units.Duration(s.P50), 10)))
	line = append(line, paint.Say(paint.Muted, paint.PadLeft(units.Duration(s.P95), 10)+paint.PadLeft(units.Duration(s.P99), 10)))
	if room := t.width - line.Width() - 2; room >= 6 {
		line = append(line, paint.Say(paint.Text, "  "))
		line = append(line, gauge(room, t.most, level{s.P50, paint.Accent}, level{s.P95, paint.Faint})...)
	}
	return line.Fit(t.width)
}

// Map draws who called whom: calls, errors, and a bar of the calls.
func Map(links []zipkin.Link, width int) []paint.Line {
	if len(links) == 0 {
		return []paint.Line{{paint.Say(paint.Muted, "no calls between services")}}
	}
	var services []string
	var most int64
	for _, l := range links {
		services = append(services, l.Parent, l.Child)
		most = max(most, l.CallCount)
	}
	names := shortname.Names(services)
	side := min(max(width/5, 12), 40)
	head := fmt.Sprintf("%s   %s%9s%9s%8s", paint.Pad("caller", side), paint.Pad("called", side), "calls", "errors", "")
	lines := []paint.Line{paint.Line{paint.Say(paint.Muted, head)}.Fit(width)}
	for _, l := range links {
		line := append(paint.Line{service(names, l.Parent, side)}.Fit(side), paint.Say(paint.Faint, " → "))
		line = append(line, paint.Line{service(names, l.Child, side)}.Fit(side)...)
		line = append(line, paint.Say(paint.Text, paint.PadLeft(units.Count(l.CallCount), 9)))
		errors := paint.Say(paint.Faint, paint.PadLeft("·", 9)+paint.Pad("", 8))
		if l.ErrorCount > 0 {
			errors = paint.Say(paint.Fail, paint.PadLeft("✗ "+units.Count(l.ErrorCount), 9)+paint.PadLeft(units.Percent(l.ErrorCount, l.CallCount), 8))
		}
		line = append(line, errors, paint.Say(paint.Text, "  "))
		line = append(line, gauge(max(width-line.Width(), 0), most, level{l.ErrorCount, paint.Fail}, level{l.CallCount, paint.Accent})...)
		lines = append(lines, line.Fit(width))
	}
	return lines
}
