package waterfall

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces/paint"
)

// Part is what a stretch of a bar is.
type Part uint8

// The parts. Where several would be in one cell, the critical one is drawn, else the one that has most of it.
const (
	Empty       Part = iota
	Network          // the call, outside of the server's half
	Running          // the span, or a call of it
	Critical         // the span itself held the request up
	CriticalNet      // the network did
	partsOf
)

// Stretch is a part of a bar, in eighths of a cell from the left of the bars: From is in it, To is not.
type Stretch struct {
	From, To int
	Part     Part
}

// Bar is the geometry of a row's bar, in eighths of a cell: 0 <= From <= To <= 8 × the bars' width.
type Bar struct {
	From, To  int
	Tiny      bool      // less than one cell: a mark stands for it in the cell of From
	None      bool      // the row has no time, or is outside of the zoom
	Half      int       // where the server's half is too short to have a cell for certain: 1 + the one that marks it, if nothing else does; else 0
	Stretches []Stretch // what is not Running, in order of drawing: later ones lie on top
}

func (l *Layout) bar(it item) Bar {
	if it.fold >= 0 {
		return l.foldBars[it.fold]
	}
	start, duration := l.time(it.row)
	if !l.shown(start, start+duration) {
		return Bar{None: true}
	}
	b := l.span(start, start+duration)
	r := &l.trace.Rows[it.row]
	shift := start - r.Start // of times without the skew's correction
	if r.Caller != nil && r.Own.Start() > 0 && r.Own.Span.Duration > 0 {
		own := r.Own.Start()
		if l.options.NoSkew {
			own = r.Own.Span.Timestamp
		}
		from, to := l.scale.at(own), l.scale.at(own+r.Own.Span.Duration)
		b.stretch(b.From, from, Network)
		b.stretch(to, b.To, Network)
		if to-from < 16 && from >= b.From && from <= b.To {
			b.Half = 1 + min((from+to)/2, max(b.To-1, b.From))/8
		}
	}
	if l.options.NoSkew {
		return b // the critical path is one of corrected times
	}
	for _, s := range l.path[it.row] {
		part := Critical
		if s.Network {
			part = CriticalNet
		}
		b.stretch(l.scale.at(s.From+shift), l.scale.at(s.To+shift), part)
	}
	return b
}

// shown says that some of the time is inside of the zoom.
func (l *Layout) shown(start, end int64) bool {
	return start > 0 && end >= l.scale.from && start <= l.scale.to
}

func (l *Layout) span(start, end int64) Bar {
	b := Bar{From: l.scale.at(start), To: l.scale.at(end)}
	if b.From >= l.scale.eighths { // at the right edge: its mark is in the last cell
		b.From = max(l.scale.eighths-1, 0)
	}
	b.To = max(b.To, b.From)
	b.Tiny = b.To-b.From < 8
	return b
}

func (b *Bar) stretch(from, to int, part Part) {
	if from, to = max(from, b.From), min(to, b.To); to > from {
		b.Stretches = append(b.Stretches, Stretch{from, to, part})
	}
}

// foldBar covers all calls of a fold; where none of them runs, it is empty.
func (l *Layout) foldBar(fold int) Bar {
	covered := make([]bool, l.columns.bar)
	b := Bar{None: true}
	for _, row := range l.folds[fold].Rows {
		start, duration := l.time(row)
		if !l.shown(start, start+duration) {
			continue
		}
		one := l.span(start, start+duration)
		if b.None {
			b = one
		}
		b.From, b.To = min(b.From, one.From), max(b.To, one.To)
		for c := one.From / 8; c <= max(one.To-1, one.From)/8 && c < len(covered); c++ {
			covered[c] = true
		}
	}
	b.Tiny = !b.None && b.To-b.From < 8
	for c := b.From / 8; c < b.To/8 && !b.None; c++ {
		if !covered[c] {
			b.Stretches = append(b.Stretches, Stretch{8 * c, 8*c + 8, Empty})
		}
	}
	return b
}

// glyphs are the left-filled blocks of 1 to 7 eighths.
var glyphs = []rune("▏▎▍▌▋▊▉")

// draw makes the cells of the bars' column: exactly width of them.
func (b *Bar) draw(width int, series paint.Token, gap func(cell int) bool) paint.Line {
	var line paint.Line
	var same paint.Run // cells that look alike are one run
	text := make([]byte, 0, 3*width)
	flush := func() {
		if same.Text = string(text); same.Text != "" {
			line = append(line, same)
		}
		text = text[:0]
	}
	put := func(r paint.Run) {
		if r.Token != same.Token || r.Inverse != same.Inverse {
			flush()
			same = r
		}
		text = append(text, r.Text...)
	}
	if b.None || width == 0 {
		return paint.Line{paint.Say(paint.Text, strings.Repeat(" ", width))}
	}
	first, last := b.From/8, max(b.To-1, b.From)/8
	put(paint.Say(paint.Text, strings.Repeat(" ", first)))
	parts := b.cells(first, last)
	for c := first; c <= last; c++ {
		part := parts[c-first]
		r := paint.Say(token(part, series), "█")
		left, right := max(b.From-8*c, 0), min(b.To-8*c, 8)
		switch {
		case b.Tiny && c == first:
			r = paint.Say(paint.Series+series, "▎")
			if part == Critical || part == CriticalNet {
				r.Token = paint.Accent
			}
		case b.Tiny, part == Empty:
			r = paint.Say(paint.Text, " ")
		case c == b.Half-1 && (part == Network || part == CriticalNet): // or it would be drawn as if no server had answered
			r = paint.Say(paint.Series+series, "▎")
		case part == Network || part == CriticalNet:
			r.Text = "░"
		case left > 0:
			r.Text, r.Inverse = string(glyphs[left-1]), true
		case right < 8:
			r.Text = string(glyphs[max(right, 1)-1])
		case gap(c):
			r.Text = "┄"
		}
		put(r)
	}
	put(paint.Say(paint.Text, strings.Repeat(" ", max(width-1-last, 0))))
	flush()
	return line
}

func token(p Part, series paint.Token) paint.Token {
	switch p {
	case Critical, CriticalNet:
		return paint.Accent
	case Network:
		return paint.Faint
	}
	return paint.Shade + series
}

// cells says for each cell from first to last which part is drawn in it.
func (b *Bar) cells(first, last int) []Part {
	have := make([][partsOf]int, last-first+1) // eighths of each part
	for _, s := range b.Stretches {
		for c := max(s.From/8, first); c <= min((s.To-1)/8, last); c++ {
			have[c-first][s.Part] += min(s.To, 8*c+8) - max(s.From, 8*c)
		}
	}
	out := make([]Part, len(have))
	for i, h := range have {
		c := first + i
		inside := min(b.To, 8*c+8) - max(b.From, 8*c)
		h[Running] = max(inside-h[Network]-h[Empty]-h[Critical]-h[CriticalNet], 0)
		if h[Critical] > 0 && 2*h[Critical] >= inside {
			out[i] = Critical
			continue
		}
		most := 0
		out[i] = Running
		for _, p := range []Part{Critical, CriticalNet, Running, Network, Empty} {
			if h[p] > most {
				most, out[i] = h[p], p
			}
		}
	}
	return out
}
