package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// CompareOptions say how a comparison is drawn.
type CompareOptions struct {
	Width int    // cells
	A, B  string // names of the sides, such as trace ids
}

// Compare draws two sides call path by call path: what each hop adds on each, its own time and the network's, and the
// difference as a bar to the left (A is faster) or to the right (A is slower), which says when the network made it.
func Compare(r compare.Result, o CompareOptions) []paint.Line {
	b := o.B
	if r.Set > 1 {
		b = fmt.Sprintf("the median of %d", r.Set)
	}
	head := paint.Line{paint.Bold(paint.Strong, cmp.Or(paint.Safe(o.A), "A")+"  "+units.Duration(r.A)), paint.Say(paint.Muted, "  against  "),
		paint.Bold(paint.Strong, cmp.Or(paint.Safe(b), "B")+"  "+units.Duration(r.B)), paint.Say(deltaToken(r.A-r.B), "  "+signed(r.A-r.B))}
	var services []string
	var most int64
	for i := range r.Rows {
		services = append(services, r.Rows[i].Service)
		most = max(most, r.Rows[i].Delta(), -r.Rows[i].Delta())
	}
	names := shortname.Names(services)
	name := min(max(o.Width*2/5, 16), 60)
	half := max((o.Width-name-3*10-2-1-len(network)-4)/2, 4)
	faster, slower := "faster", "slower"
	if half < 8 {
		faster, slower = "−", "+"
	}
	columns := paint.Pad("own time + network", name) + fmt.Sprintf("%10s%10s%10s  %s", "A", "B", "", paint.PadLeft(faster, half)+"│"+slower)
	lines := []paint.Line{head.Fit(o.Width), {}, paint.Line{paint.Say(paint.Muted, columns)}.Fit(o.Width)}
	for i := range r.Rows {
		lines = append(lines, compareRow(&r.Rows[i], names, name, half, most, i == r.Largest).Fit(o.Width))
	}
	return lines
}

// network is said of a difference that was made outside of the service.
const network = " network"

func compareRow(r *compare.Row, names map[string]string, width, half int, most int64, largest bool) paint.Line {
	service, span := cmp.Or(names[r.Service], "?"), paint.Safe(r.Name)
	if r.Nth > 0 {
		span += fmt.Sprintf(" (%d)", r.Nth+1)
	}
	indent := min(2*r.Depth, width/2)
	line := paint.Line{paint.Say(paint.Text, strings.Repeat(" ", indent)), paint.Say(paint.Series+paint.SeriesOf(r.Service), paint.CutMiddle(service, width-indent-2)),
		paint.Say(paint.Muted, "  "+span)}.Fit(width)
	hop := func(s compare.Side) string {
		if !s.Present {
			return paint.PadLeft("absent", 10)
		}
		return paint.PadLeft(units.Duration(s.Hop()), 10)
	}
	line = append(line, paint.Say(paint.Text, hop(r.A)), paint.Say(paint.Muted, hop(r.B)))
	d := r.Delta()
	token := paint.Faint
	if most > 0 && max(d, -d)*20 >= most { // what is small beside the largest is no news
		token = deltaToken(d)
	}
	line = append(line, paint.Say(token, paint.PadLeft(signed(d), 10)+"  "))
	line = append(line, deltaBar(d, most, half, token)...)
	if token != paint.Faint && r.ByNetwork() {
		line = append(line, paint.Say(paint.Muted, network))
	}
	if largest {
		line = append(line, paint.Say(paint.Accent, " ◀"))
	}
	if r.A.Failed > 0 {
		line = append(line, paint.Say(paint.Fail, " ✗"))
	}
	return line
}

func deltaBar(d, most int64, half int, token paint.Token) paint.Line {
	blank := paint.Say(paint.Text, strings.Repeat(" ", half))
	if d >= 0 {
		return append(paint.Line{blank, paint.Say(paint.Faint, "│")}, gauge(half, most, level{d, token})...)
	}
	n := halves(-d, most, half)
	bar := strings.Repeat("━", n/2)
	if n%2 == 1 {
		bar = "╺" + bar
	}
	return paint.Line{paint.Say(paint.Text, strings.Repeat(" ", half-paint.Width(bar))), paint.Say(token, bar), paint.Say(paint.Faint, "│"), blank}
}

func signed(µs int64) string {
	switch {
	case µs > 0:
		return "+" + units.Duration(µs)
	case µs < 0:
		return "−" + units.Duration(-µs)
	}
	return "="
}

func deltaToken(d int64) paint.Token {
	switch {
	case d > 0:
		return paint.Fail
	case d < 0:
		return paint.Accent
	}
	return paint.Muted
}
