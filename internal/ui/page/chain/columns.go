package chain

import (
	"github.com/chaintui/chaintui/internal/ui/canvas"
)

// column is where a column of the lines begins, and how wide it is; 0 wide where it has no room.
type column struct{ x, w int }

// end is the cell after it.
func (k column) end() int { return k.x + k.w }

// columns are those of the lines, from left to right.
type columns struct {
	name, state, ready, restarts, image, bar, self, p50, p95, rate, errors, spark, note column
}

const (
	space    = 2 // between two columns
	longName = 30
	longTag  = 14
	leastBar = 6
	most     = 40 // of what grows
)

// columnsOf divides a width: first what every link has to say, then in this order what there is room for, and what is
// left goes to bars, sparklines and notes.
func columnsOf(width int, all []item) columns {
	name, tag, noted := 0, 5, 0
	for i := range all {
		name = max(name, canvas.Width(shortName(all[i].Link)))
		tag = max(tag, canvas.Width(Tag(all[i].Image)))
		if !all[i].flowed { // its note has the numbers' place
			continue
		}
		if text, _ := note(all[i], all[i].Since); text != "" {
			noted = max(noted, canvas.Width(text)+len("10 min")) // as it ages
		}
	}
	k := columns{
		name: column{w: min(name, longName)}, state: column{w: 13}, ready: column{w: 5},
		bar: column{w: leastBar}, self: column{w: 7}, p95: column{w: 7}, errors: column{w: 6},
	}
	order := []*column{&k.name, &k.state, &k.ready, &k.restarts, &k.image, &k.bar, &k.self, &k.p50, &k.p95, &k.rate, &k.errors, &k.spark, &k.note}
	left := width - 3 - 1 // the joints, and the scrollbar
	for _, c := range order {
		if c.w > 0 {
			left -= c.w + space
		}
	}
	take := func(c *column, w int) {
		if w > 0 && left >= w+space {
			c.w = w
			left -= w + space
		}
	}
	take(&k.note, min(noted, 24))
	take(&k.spark, 8)
	take(&k.p50, 7)
	take(&k.rate, 6)
	take(&k.image, min(tag, longTag))
	take(&k.restarts, 8)
	grow := func(c *column, to, share int) {
		if n := min(to-c.w, share); c.w > 0 && n > 0 {
			c.w += n
			left -= n
		}
	}
	grow(&k.note, noted, left)
	grow(&k.bar, most, left/2)
	grow(&k.spark, most, left)
	grow(&k.bar, most, left)
	x := 3
	for _, c := range order {
		c.x = x
		if c.w > 0 {
			x += c.w + space
		}
	}
	return k
}
