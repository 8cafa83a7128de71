package logs

import (
	"github.com/chaintui/chaintui/internal/ui/logline"
)

// kept is how many lines are held in memory; cut is how many go at once when there are more.
const (
	kept = 20_000
	cut  = 2_000
)

// buffer is the lines in order of time, and which of them are shown.
type buffer struct {
	all   []logline.Line
	shown []int         // indexes of all
	gone  int           // lines that made room for newer ones
	least logline.Level // lines below it are hidden
}

// add puts lines where they belong by time: streams of several pods come in turns.
func (b *buffer) add(lines []logline.Line) {
	inOrder := true
	from := len(b.all)
	for _, e := range lines {
		i := len(b.all)
		for i > 0 && !e.At.IsZero() && b.all[i-1].At.After(e.At) {
			i--
		}
		b.all = append(b.all, logline.Line{})
		copy(b.all[i+1:], b.all[i:])
		b.all[i] = e
		inOrder = inOrder && i >= from
	}
	if len(b.all) > kept {
		n := len(b.all) - kept + cut
		b.gone += n
		b.all = append([]logline.Line{}, b.all[n:]...)
		inOrder = false
	}
	if !inOrder {
		b.choose()
		return
	}
	for i := from; i < len(b.all); i++ {
		if b.wanted(&b.all[i]) {
			b.shown = append(b.shown, i)
		}
	}
}

// wanted tells whether a line is shown. One that names no level may be the panic, or the stack of it, that is looked for;
// and that lines are missing is never hidden.
func (b *buffer) wanted(e *logline.Line) bool {
	return e.Level >= b.least || e.Level == logline.Unknown || e.Gap
}

// hidden is how many lines the level hides.
func (b *buffer) hidden() int { return len(b.all) - len(b.shown) }

// choose finds anew what is shown.
func (b *buffer) choose() {
	b.shown = b.shown[:0]
	for i := range b.all {
		if b.wanted(&b.all[i]) {
			b.shown = append(b.shown, i)
		}
	}
}

// at is the n-th line shown.
func (b *buffer) at(n int) *logline.Line { return &b.all[b.shown[n]] }

// near is where a line stands that stood at n before others came or went; n where it is gone.
func (b *buffer) near(line logline.Line, n int) int {
	last := len(b.shown) - 1
	for up, down := min(n, last), n+1; up >= 0 || down <= last; up, down = up-1, down+1 {
		if up >= 0 && *b.at(up) == line {
			return up
		}
		if down <= last && *b.at(down) == line {
			return down
		}
	}
	return min(n, max(last, 0))
}

// find is the next line shown from n on, in steps of by, that matches; -1 when there is none.
func (b *buffer) find(match func(*logline.Line) bool, n, by int) int {
	for ; n >= 0 && n < len(b.shown); n += by {
		if match(b.at(n)) {
			return n
		}
	}
	return -1
}
