package report

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
	"github.com/chaintui/chaintui/internal/traces/waterfall"
)

// Sizes of the picture, in its own units.
const (
	svgWidth, svgNames, svgNumbers = 1200, 360, 90
	svgRow, svgTop                 = 22, 78
	svgRows                        = 5000 // at most
)

// seriesColours are those of services, in pictures on light and on dark ground (after Okabe and Ito).
var seriesColours = [paint.SeriesLen]string{"#0072b2", "#e69f00", "#009e73", "#c9b800", "#cc79a7", "#7b68c8", "#56b4e9", "#a0785a"}

// svgStyle follows the reader's choice of light or dark.
const svgStyle = `<style>
.page{fill:#fff}.text{fill:#1b1f24}.muted{fill:#5a636d}.line{stroke:#d5dae0}.critical{fill:#0b57d0}.network{fill:#aab2bb}.fail{fill:#b3261e}.warn{fill:#8a5300}
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre}.title{font-size:16px;font-weight:bold}
@media (prefers-color-scheme:dark){.page{fill:#16181c}.text{fill:#e6e8eb}.muted{fill:#9aa3ad}.line{stroke:#343a42}.critical{fill:#5fd0ff}.network{fill:#565e68}.fail{fill:#ff7a70}.warn{fill:#f0b45a}}
</style>
`

// SVG writes a trace as a waterfall in one self-contained picture: no script, nothing fetched. A row's details are in its
// tooltip. Times are of the zone, nil for UTC. All text is sanitised and escaped.
func SVG(w io.Writer, t *traces.Trace, zone *time.Location) error {
	out := newPrinter(w)
	p := newPicture(out, t)
	height := svgTop + svgRow*(p.rows+1) + 30
	out.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="100%%" role="img" aria-label="waterfall of trace %s">`+"\n", svgWidth, height, html.EscapeString(t.ID))
	out.printf("%s", svgStyle)
	out.printf(`<rect class="page" width="%d" height="%d"/>`+"\n", svgWidth, height)
	p.head(zone)
	p.axis()
	for i := range p.rows {
		p.row(i)
	}
	p.foot(height)
	out.printf("</svg>\n")
	return out.Flush()
}

// HTML writes a trace as a self-contained page around its picture.
func HTML(w io.Writer, t *traces.Trace, zone *time.Location) error {
	if _, err := fmt.Fprintf(w, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"color-scheme\" content=\"light dark\">"+
		"<title>trace %s</title><style>body{margin:0;background:light-dark(#fff,#16181c)}svg{display:block;max-width:1600px;margin:auto}</style></head><body>\n", html.EscapeString(t.ID)); err != nil {
		return err
	}
	if err := SVG(w, t, zone); err != nil {
		return err
	}
	_, err := io.WriteString(w, "</body></html>\n")
	return err
}

type picture struct {
	out   printer
	t     *traces.Trace
	names map[string]string
	path  map[int][]critical.Segment
	rows  int
}

func newPicture(out printer, t *traces.Trace) *picture {
	p := &picture{out: out, t: t, names: shortname.Names(t.Services), path: map[int][]critical.Segment{}, rows: min(len(t.Rows), svgRows)}
	for _, s := range critical.Path(t) {
		p.path[s.Row] = append(p.path[s.Row], s)
	}
	return p
}

func (p *picture) text(x, y float64, class, anchor, text string) {
	p.out.printf(`<text class="%s" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", class, x, y, anchor, html.EscapeString(text))
}

func (p *picture) rect(x, y, width, height float64, attributes string) {
	p.out.printf(`<rect x="%.2f" y="%.1f" width="%.2f" height="%.1f" %s/>`+"\n", x, y, max(width, 1), height, attributes)
}

// x is where a time is: between the names and the numbers.
func (p *picture) x(t int64) float64 {
	const left, right = svgNames, svgWidth - svgNumbers
	if p.t.End <= p.t.Start {
		return left
	}
	part := float64(t-p.t.Start) / float64(p.t.End-p.t.Start)
	return left + min(max(part, 0), 1)*(right-left)
}

func (p *picture) head(zone *time.Location) {
	t := p.t
	name := "empty trace"
	if len(t.Rows) > 0 {
		name = cmp.Or(paint.Safe(t.Rows[0].Name()), paint.Safe(t.Rows[0].Service()), "root not received")
	}
	p.text(16, 28, "text title", "start", paint.Cut(name, 60)+"  "+units.Duration(t.Duration()))
	about := fmt.Sprintf("trace %s   %d spans in %d rows   %d services", t.ID, t.Ledger.Received, len(t.Rows), len(t.Services))
	if t.Start > 0 {
		about += "   " + at(t, zone).Format("2 Jan 2006 15:04:05.000 MST")
	}
	p.text(16, 48, "muted", "start", about)
}

func (p *picture) axis() {
	const ticks = 8 // at most
	bottom := svgTop + svgRow*p.rows
	step := waterfall.Round(p.t.Duration()/ticks + 1)
	for at := int64(0); at <= p.t.Duration(); at += step {
		x := p.x(p.t.Start + at)
		p.out.printf(`<line class="line" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`+"\n", x, x, svgTop-6, bottom)
		p.text(x, svgTop-10, "muted", "middle", units.Duration(at))
	}
}

func (p *picture) row(i int) {
	r := &p.t.Rows[i]
	y := float64(svgTop + svgRow*i)
	colour := seriesColours[paint.SeriesOf(r.Service())]
	p.out.printf("<g>")
	p.out.printf("<title>%s</title>\n", html.EscapeString(p.tooltip(r)))
	label := cmp.Or(p.names[r.Service()], paint.Safe(r.Service()), "?") + "  " + paint.Safe(r.Name())
	if r.Marks.Has(traces.Synthetic) {
		label = "root not received"
	}
	indent := 16 + 14*min(r.Depth, 12)
	p.out.printf(`<rect x="%d" y="%.1f" width="4" height="12" fill="%s"/>`+"\n", indent, y+4, colour)
	p.text(float64(indent+10), y+15, "text", "start", paint.Cut(label, (svgNames-indent-16)/8))
	if r.Start > 0 {
		p.rect(p.x(r.Start), y+3, p.x(r.End())-p.x(r.Start), 14, fmt.Sprintf(`fill="%s" opacity=".45"`, colour))
		if r.Caller != nil && r.Own.Start() > 0 && r.Own.Span.Duration > 0 {
			p.between(r.Start, r.Own.Start(), y, "network")
			p.between(r.Own.Start()+r.Own.Span.Duration, r.End(), y, "network")
		}
		for _, s := range p.path[i] {
			p.rect(p.x(s.From), y+7, p.x(s.To)-p.x(s.From), 6, `class="critical"`)
		}
	}
	class := "text"
	if r.Marks.Has(traces.Failed) {
		class = "fail"
	}
	p.text(svgWidth-12, y+15, class, "end", failMark(p.t, i)+units.Duration(r.Duration))
	p.out.printf("</g>\n")
}

func (p *picture) between(from, to int64, y float64, class string) {
	if to > from {
		p.rect(p.x(from), y+8, p.x(to)-p.x(from), 4, `class="`+class+`"`)
	}
}

func failMark(t *traces.Trace, i int) string {
	if t.Rows[i].Marks.Has(traces.Failed) {
		return "✗ "
	}
	return ""
}

// tooltip is all that is known of a row, as lines.
func (p *picture) tooltip(r *traces.Row) string {
	lines := []string{paint.Safe(r.Service()) + "  " + paint.Safe(r.Name()), "duration " + units.Duration(r.Duration) + ", of its own " + units.Duration(r.Self)}
	if r.Network >= 0 {
		lines = append(lines, "network "+units.Duration(r.Network))
	}
	if marks := r.Marks.String(); marks != "" {
		lines = append(lines, marks)
	}
	for _, h := range r.Halves() {
		lines = append(lines, cmp.Or(strings.ToLower(string(h.Span.Kind)), "local")+" "+h.Span.ID+" of "+cmp.Or(paint.Safe(h.Service()), "?"))
		for _, k := range slices.Sorted(maps.Keys(h.Span.Tags)) {
			lines = append(lines, "  "+paint.Safe(k)+" = "+paint.Cut(paint.Safe(h.Span.Tags[k]), 200))
		}
	}
	return strings.Join(lines, "\n")
}

func (p *picture) foot(height int) {
	l := p.t.Ledger
	text := fmt.Sprintf("%d received = %d shown + %d merged + %d refused", l.Received, l.Shown, l.Merged, l.Refused)
	if hidden := len(p.t.Rows) - p.rows; hidden > 0 {
		text += fmt.Sprintf("   the last %d rows are left out of the picture", hidden)
	}
	p.text(16, float64(height-14), "muted", "start", text)
}
