package waterfall

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/chaintui/chaintui/internal/traces/paint"
)

// Tick is a mark of the axis.
type Tick struct {
	Cell int   // from the left of the bars
	At   int64 // µs from the start of the trace, or of the focus
}

// Ticks are at round values (1, 2 or 5 times a power of ten µs), far enough apart for their labels.
func (l *Layout) Ticks() []Tick {
	s := &l.scale
	if s.to <= s.from || l.columns.bar < 1 {
		return []Tick{{}}
	}
	base := l.trace.Start
	if l.options.Focus > 0 {
		base = l.trace.Rows[l.options.Focus].Start
	}
	if l.options.NoSkew {
		base = min(base, s.from)
	}
	step := Round(int64(min(float64(s.busy())*tickSpace/float64(l.columns.bar), 1e18))) // a few cells may be all of time
	var out []Tick
	first := (s.from - base + step - 1) / step * step
	for at := first; at <= s.to-base && len(out) <= l.columns.bar; at += step {
		if end := s.gapEnd(base + at); end > base+at { // a gap may be longer than all the steps of a lifetime
			at = (end-base+step-1)/step*step - step
			continue
		}
		cell := s.at(base+at) / 8
		if cell >= l.columns.bar || s.inGap(cell) || len(out) > 0 && cell-out[len(out)-1].Cell < tickSpace-1 {
			continue
		}
		out = append(out, Tick{Cell: cell, At: at})
	}
	return out
}

// tickSpace is how many cells there are between two ticks at least.
const tickSpace = 6

// Round is the distance between ticks: the least of 1, 2, 5 × 10^k that is not below n, at most 10^18.
func Round(n int64) int64 {
	for power := int64(1); ; power *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if m*power >= n || power > 1e17 {
				return m * power
			}
		}
	}
}

// Axis is the line above the rows: names of the columns, and the ticks.
func (l *Layout) Axis() paint.Line {
	c := l.columns
	cells := make([]string, c.bar+1+c.time)
	for i := range cells {
		cells[i] = " "
		if i < c.bar && l.scale.inGap(i) {
			cells[i] = "≈"
		}
	}
	write := func(cell int, label string) {
		for _, r := range label {
			cells[cell] = string(r)
			cell++
		}
	}
	ticks := l.Ticks()
	free := len(cells) // labels are written from the right: the last one names the unit, above the durations where it has to
	for i := len(ticks) - 1; i >= 0; i-- {
		cell, last := ticks[i].Cell, i == len(ticks)-1
		label, unit := tickLabel(ticks[i].At, ticks)
		switch whole := label + unit; {
		case !last:
		case !l.marked(cell, utf8.RuneCountInString(whole)):
			label, cell = whole, max(min(cell, free-utf8.RuneCountInString(whole)), 0)
		default:
			write(c.bar+1, strings.TrimSpace(unit))
		}
		if n := utf8.RuneCountInString(label); cell+n <= free && !l.marked(cell, n) {
			write(cell, label)
			free = cell - 1
		}
	}
	line := paint.Line{paint.Say(paint.Muted, paint.Pad(l.title(), c.name)), paint.Say(paint.Text, "  ")}
	line = append(line, paint.Say(paint.Muted, strings.Join(cells, "")))
	return line.Fit(c.total())
}

// marked tells whether a label of n cells would lie over a gap's mark, or end against it.
func (l *Layout) marked(cell, n int) bool {
	for i := range n + 1 {
		if l.scale.inGap(cell + i) {
			return true
		}
	}
	return false
}

// tickLabel writes all ticks in one unit, which only the last one names: the one in which durations of that length are
// written, unless that would take more than two decimals.
func tickLabel(at int64, ticks []Tick) (label, unit string) {
	step := ticks[len(ticks)-1].At
	if len(ticks) > 1 {
		step -= ticks[len(ticks)-2].At
	}
	longest := ticks[len(ticks)-1].At
	scale, unit := 1.0, " µs"
	switch {
	case longest >= 1e6 && step >= 1e4:
		scale, unit = 1e6, " s"
	case longest >= 1e3 && step >= 1e1:
		scale, unit = 1e3, " ms"
	}
	if at == 0 { // it is the only one
		unit = ""
	}
	return strconv.FormatFloat(float64(at)/scale, 'f', -1, 64), unit
}

func (l *Layout) title() string {
	if l.options.Focus > 0 {
		return "focus"
	}
	return ""
}
