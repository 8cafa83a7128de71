package waterfall

import (
	"slices"
	"sort"
)

// scale maps time to the width of the bars. It is linear, or in pieces where gaps are cut short.
type scale struct {
	from, to int64   // µs since the Unix epoch that are shown; equal when there is no time at all
	eighths  int     // width of the bars in eighths of a cell
	pieces   []piece // in order of time, without holes
}

// piece is a stretch of time on one scale.
type piece struct {
	from, to int64 // µs
	x, end   int   // eighths of a cell
	gap      bool
}

// gapCells is how wide a gap is that was cut short, gapPart the part of the whole from which on a stretch is one.
const (
	gapCells = 3
	gapPart  = 10
)

func (l *Layout) newScale() scale {
	s := scale{eighths: 8 * l.columns.bar}
	if len(l.trace.Rows) == 0 {
		return s
	}
	s.from, s.to = l.trace.Start, l.trace.End
	if l.options.Focus > 0 {
		if start, duration := l.time(l.options.Focus); start > 0 {
			s.from, s.to = start, start+duration
		}
	}
	if l.options.NoSkew {
		for i := range l.trace.Rows {
			if start, duration := l.time(i); start > 0 && l.options.Focus == 0 {
				s.from, s.to = min(s.from, start), max(s.to, start+duration)
			}
		}
	}
	base := s.from
	whole := s.to - s.from
	if zoom := min(max(l.options.From, 0), whole); zoom > 0 {
		s.from = base + zoom
	}
	if l.options.To > 0 && l.options.To < whole {
		s.to = max(base+l.options.To, s.from)
	}
	s.pieces = []piece{{from: s.from, to: s.to, end: s.eighths}}
	if l.options.Gaps {
		s.cutGaps(l.gaps(s.from, s.to))
	}
	return s
}

// gaps are the long stretches between from and to in which no row begins or ends.
func (l *Layout) gaps(from, to int64) [][2]int64 {
	events := []int64{from, to}
	rows := l.trace.Rows
	for i := l.options.Focus; i < l.options.Focus+rows[l.options.Focus].Size; i++ {
		start, duration := l.time(i)
		for _, t := range [2]int64{start, start + duration} {
			if start > 0 && t > from && t < to {
				events = append(events, t)
			}
		}
	}
	slices.Sort(events)
	var out [][2]int64
	for i := 1; i < len(events); i++ {
		if d := events[i] - events[i-1]; d > 0 && d >= (to-from)/gapPart {
			out = append(out, [2]int64{events[i-1], events[i]})
		}
	}
	return out
}

// cutGaps gives each gap a few cells and the rest to the time between them. When the gaps are all there is, or there is
// no room for them, nothing is cut.
func (s *scale) cutGaps(gaps [][2]int64) {
	busy, room := s.to-s.from, s.eighths-8*gapCells*len(gaps)
	for _, g := range gaps {
		busy -= g[1] - g[0]
	}
	if len(gaps) == 0 || busy <= 0 || room < s.eighths/2 {
		return
	}
	s.pieces = nil
	at, x, spent := s.from, 0, int64(0)
	upTo := func(t int64) {
		if t > at {
			spent += t - at
			end := int(float64(spent)/float64(busy)*float64(room)) + 8*gapCells*countGaps(s.pieces)
			s.pieces = append(s.pieces, piece{from: at, to: t, x: x, end: max(end, x)})
			at, x = t, max(end, x)
		}
	}
	for _, g := range gaps {
		upTo(g[0])
		s.pieces = append(s.pieces, piece{from: g[0], to: g[1], x: x, end: x + 8*gapCells, gap: true})
		at, x = g[1], x+8*gapCells
	}
	upTo(s.to)
}

func countGaps(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		if p.gap {
			n++
		}
	}
	return n
}

// at is where t is, in eighths of a cell from the left; what is not shown is at the nearer edge.
func (s *scale) at(t int64) int {
	if s.to <= s.from || t <= s.from {
		return 0
	}
	if t >= s.to {
		return s.eighths
	}
	p := s.pieces[0]
	if len(s.pieces) > 1 {
		p = s.pieces[sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].to >= t })]
	}
	part := float64(t-p.from) / float64(p.to-p.from)
	return p.x + min(max(int(part*float64(p.end-p.x)+0.5), 0), p.end-p.x)
}

// busy is the time that is not in a gap, in µs.
func (s *scale) busy() int64 {
	busy := s.to - s.from
	for _, p := range s.pieces {
		if p.gap {
			busy -= p.to - p.from
		}
	}
	return max(busy, 1)
}

// gapEnd is where the gap ends that t is in; t itself when it is in none.
func (s *scale) gapEnd(t int64) int64 {
	for _, p := range s.pieces {
		if p.gap && t > p.from && t < p.to {
			return p.to
		}
	}
	return t
}

// inGap says that the cell is part of a gap.
func (s *scale) inGap(cell int) bool {
	for _, p := range s.pieces {
		if p.gap && 8*cell >= p.x && 8*cell < p.end {
			return true
		}
	}
	return false
}
