package waterfall

import (
	"cmp"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// note says what is worth saying of a row, the loudest first; what finds no room is left out whole.
func (l *Layout) note(it item, row *Row) paint.Line {
	r := &l.trace.Rows[it.row]
	if row.Fold != nil {
		return foldNote(row.Fold)
	}
	said := l.failure(it.row, r)
	if it.row == l.largest && it.row > 0 {
		own := paint.Say(paint.Accent, "◀ "+units.Duration(l.self)+" of its own")
		if l.columns.note < 24 {
			own.Text = "◀ " + units.Duration(l.self) + " own"
		}
		if r.Marks.Has(traces.PassedOn) {
			said = append(paint.Line{own}, said...)
		} else {
			said = append(said, own)
		}
	}
	for _, m := range structural {
		if r.Marks.Has(m.mark) {
			said = append(said, paint.Say(paint.Warn, m.text))
		}
	}
	if r.Marks.Has(traces.Skewed) && !l.options.NoSkew {
		said = append(said, paint.Say(paint.Muted, "clock +"+units.Duration(shiftOf(r))))
	}
	line := said[:min(len(said), 1)]
	for _, more := range said[len(line):] {
		if line.Width()+2+paint.Width(more.Text) <= l.columns.note {
			more.Text = "  " + more.Text
			line = append(line, more)
		}
	}
	return line
}

// failure says what failed, or nothing.
func (l *Layout) failure(row int, r *traces.Row) paint.Line {
	text := paint.Cut(paint.Safe(r.Failure()), max(l.columns.note-13, 3))
	switch {
	case row == l.trace.Origin:
		return paint.Line{paint.Say(paint.Fail, "✗ "+cmp.Or(text, "error")+" began here")}
	case r.Marks.Has(traces.PassedOn):
		return paint.Line{paint.Say(paint.Warn, "✗ passed on")}
	case r.Marks.Has(traces.Failed):
		return paint.Line{paint.Say(paint.Fail, "✗ "+cmp.Or(text, "error"))}
	case r.Marks.Has(traces.Transient):
		return paint.Line{paint.Say(paint.Warn, "▲ error seen")}
	}
	return nil
}

var structural = []struct {
	mark traces.Mark
	text string
}{
	{traces.Orphan, "parent not received"},
	{traces.ExtraRoot, "another root"},
	{traces.CycleCut, "was its own ancestor"},
	{traces.Bounded, "time out of range"},
	{traces.NoTime, "no time"},
}

func foldNote(f *Fold) paint.Line {
	line := paint.Line{paint.Say(paint.Muted, "p95 "+units.Duration(f.P95)+"  max "+units.Duration(f.Max))}
	if f.Errors > 0 {
		line = append(paint.Line{paint.Say(paint.Fail, "✗ "+units.Count(int64(f.Errors))+"  ")}, line...)
	}
	return line
}

func shiftOf(r *traces.Row) int64 {
	var shift int64
	for _, h := range r.Halves() {
		shift = max(shift, h.Shift)
	}
	return shift
}
