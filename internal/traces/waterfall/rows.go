package waterfall

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// Row is one line of the waterfall, ready to be drawn, and what it was made of.
type Row struct {
	Index    int   // in Trace.Rows; of a fold the first of its rows
	Fold     *Fold // the calls the line stands for; nil of a single row
	Below    bool  // there are lines below it, shown or not
	Open     bool  // they are shown
	Mark     int   // column of Cells where the mark stands that says so
	Bar      Bar
	Duration int64      // µs; of a fold the sum
	Path     int64      // µs of its own on the critical path
	Cells    paint.Line // exactly as wide as the layout
}

// columns are the widths in cells; between two there are two spaces.
type columns struct{ name, bar, time, note int }

func (c columns) total() int { return c.name + 2 + c.bar + 1 + c.time + c.gap() + c.note }

func (c columns) gap() int {
	if c.note == 0 {
		return 0
	}
	return 2
}

// measured is how many lines are looked at for the width of the names.
const measured = 2000

// measure shares the width out: durations and notes take what they need, names at most two fifths, bars the rest.
func (l *Layout) measure(width int) columns {
	c := columns{time: 8}
	switch {
	case width >= 132:
		c.note = 34
	case width >= 100:
		c.note = 24
	case width >= 72:
		c.note = 18
	}
	need := 12
	for i := range min(len(l.items), measured) {
		it := &l.items[i]
		need = max(need, 2*min(it.depth, deepest)+2+paint.Width(l.label(*it)))
	}
	c.name = min(need, max(width*2/5-c.note/4, 8))
	c.bar = max(width-(c.total()-c.bar), 0)
	if c.bar < 8 { // too narrow: the note goes first, then the names
		c.note = 0
		c.name = max(min(c.name, width-c.time-3-8), 0)
		c.bar = max(width-c.name-c.time-3, 0)
	}
	return c
}

// deepest is the depth from which on rows are not indented further.
const deepest = 12

// Bars is the columns of the bars in each row: the first, and how many.
func (l *Layout) Bars() (first, n int) { return l.columns.name + 2, l.columns.bar }

// Rows makes the lines from (first) up to to (not itself); what is outside is left out.
func (l *Layout) Rows(from, to int) []Row {
	from, to = max(from, 0), min(to, len(l.items))
	var out []Row
	for i := from; i < to; i++ {
		out = append(out, l.row(l.items[i]))
	}
	return out
}

func (l *Layout) row(it item) Row {
	out := Row{Index: it.row, Below: it.below, Bar: l.bar(it), Duration: l.trace.Rows[it.row].Duration}
	out.Open = it.below && !l.options.Collapsed[it.row]
	if it.fold >= 0 {
		out.Fold, out.Open = &l.folds[it.fold], l.options.Opened[it.row]
		out.Duration = out.Fold.Sum
	}
	for _, s := range l.path[it.row] {
		if !s.Network && it.fold < 0 {
			out.Path += s.Duration()
		}
	}
	out.Cells = l.cells(it, &out)
	return out
}

func (l *Layout) service(r *traces.Row) string {
	if name, ok := l.names[r.Service()]; ok {
		return name
	}
	return paint.Safe(r.Service())
}

// label is the row's name as it stands in the names' column.
func (l *Layout) label(it item) string {
	r := &l.trace.Rows[it.row]
	service, name := l.service(r), paint.Safe(r.Name())
	switch {
	case r.Marks.Has(traces.Synthetic):
		return "root not received"
	case service == "":
		service = "?"
	}
	if it.fold >= 0 {
		service = "×" + units.Count(int64(len(l.folds[it.fold].Rows))) + " " + service
	}
	if name == "" {
		return service
	}
	return service + "  " + name
}

func (l *Layout) cells(it item, row *Row) paint.Line {
	c := l.columns
	r := &l.trace.Rows[it.row]
	series := paint.SeriesOf(r.Service())
	arrow := "  "
	switch {
	case row.Open:
		arrow = "▾ "
	case row.Below:
		arrow = "▸ "
	}
	indent := min(2*min(it.depth, deepest), max(c.name/2-2, 0))
	row.Mark = indent
	room := max(c.name-indent-2, 0)
	label := l.label(it)
	line := paint.Line{paint.Say(paint.Text, strings.Repeat(" ", indent)), paint.Say(paint.Faint, arrow)}
	service, name, _ := strings.Cut(label, "  ")
	if paint.Width(service) > room { // one that has room is whole, whatever is left for the span's name
		service = paint.CutMiddle(service, max(room*3/5, room-paint.Width(name)-2))
	}
	line = append(line, paint.Say(paint.Series+series, service))
	if name != "" {
		line = append(line, paint.Say(paint.Muted, "  "+name))
	}
	line = append(line.Fit(c.name), paint.Say(paint.Text, "  "))
	line = append(line, row.Bar.draw(c.bar, series, l.scale.inGap)...)
	line = append(line, paint.Say(paint.Text, " "), l.duration(row))
	if c.note > 0 {
		line = append(line, paint.Say(paint.Text, "  "))
		line = append(line, l.note(it, row).Fit(c.note)...)
	}
	return line.Fit(c.total())
}

func (l *Layout) duration(row *Row) paint.Run {
	text := units.Duration(row.Duration)
	if row.Duration == 0 {
		text = "−" // none was reported
	}
	return paint.Say(paint.Text, paint.PadLeft(text, l.columns.time))
}
