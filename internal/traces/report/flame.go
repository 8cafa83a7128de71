package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/callpath"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/shortname"
	"github.com/chaintui/chaintui/internal/traces/units"
)

// What is drawn of a flame graph: levels of call paths, and lines of the table of own time.
const flameLevels, flameRows = 30, 10

// Flame draws the merged flame graph of a set: a level for each depth of the call paths, the root on top, each box as
// wide as the summed time of its path; and a table of the paths that have the most time of their own. Boxes narrower than
// a cell are left out of the picture, and so are levels below the thirtieth, which is said. Calls that ran beside each other
// share their caller's width by their time.
func Flame(set []*traces.Trace, width int) []paint.Line {
	nodes := callpath.Merge(set, callpath.Together).Nodes
	if len(nodes) == 0 {
		return []paint.Line{{paint.Say(paint.Muted, "no traces")}}
	}
	var services []string
	for _, t := range set {
		services = append(services, t.Services...)
	}
	f := flame{nodes: nodes, names: shortname.Names(services), boxes: make([]box, len(nodes))}
	f.place(width)
	lines := f.levels(width)
	lines = append(lines, paint.Line{})
	return append(lines, f.table(width, len(set))...)
}

// box is where a node is drawn, in cells.
type box struct{ from, to int }

type flame struct {
	nodes []callpath.Node
	names map[string]string
	time  []float64 // µs summed
	boxes []box
}

// place gives the roots the whole width by their time, and children their part of their parent's box, side by side.
func (f *flame) place(width int) {
	n := len(f.nodes)
	f.time = make([]float64, n)
	below := make([]float64, n+1) // summed time of a node's children; the roots' at n
	for i := range f.nodes {
		f.time[i] = callpath.Sum(f.nodes[i].Samples, func(s callpath.Sample) int64 { return s.Duration })
		below[f.over(i)] += f.time[i]
	}
	used := make([]float64, n+1)
	for i := range f.nodes {
		p := f.over(i)
		from, size, whole := 0, width, below[p]
		if p < n {
			from, size, whole = f.boxes[p].from, f.boxes[p].to-f.boxes[p].from, max(below[p], f.time[p])
		}
		if whole == 0 {
			f.boxes[i] = box{from, from}
			continue
		}
		a := used[p]
		used[p] += f.time[i]
		f.boxes[i] = box{from + int(a/whole*float64(size)+0.5), from + int(used[p]/whole*float64(size)+0.5)}
	}
}

func (f *flame) over(i int) int {
	if f.nodes[i].Parent < 0 {
		return len(f.nodes)
	}
	return f.nodes[i].Parent
}

func (f *flame) levels(width int) []paint.Line {
	var levels [][]int
	deepest := 0
	for i := range f.nodes {
		d := f.nodes[i].Depth
		deepest = max(deepest, d+1)
		if d < flameLevels && f.boxes[i].to > f.boxes[i].from {
			for len(levels) <= d {
				levels = append(levels, nil)
			}
			levels[d] = append(levels[d], i)
		}
	}
	var lines []paint.Line
	for _, level := range levels {
		var line paint.Line
		at := 0
		for _, i := range level {
			b := f.boxes[i]
			line = append(line, paint.Say(paint.Text, strings.Repeat(" ", max(b.from-at, 0))))
			line = append(line, f.draw(i)...)
			at = b.to
		}
		lines = append(lines, line.Fit(width))
	}
	if more := deepest - flameLevels; more > 0 {
		lines = append(lines, paint.Line{paint.Say(paint.Muted, "… "+plural(more, "level")+" below")}.Fit(width))
	}
	return lines
}

// draw is one box: its left edge, its name, its own colour to its end.
func (f *flame) draw(i int) paint.Line {
	n := &f.nodes[i]
	series := paint.SeriesOf(n.Service)
	width := f.boxes[i].to - f.boxes[i].from
	line := paint.Line{paint.Say(paint.Series+series, "▌")}
	if width >= 5 {
		label := cmp.Or(f.names[n.Service], paint.Safe(n.Name), "root not received")
		if name := paint.Safe(n.Name); name != "" && width > paint.Width(label)+paint.Width(name)+4 {
			label += "  " + name
		}
		line = append(line, paint.Say(paint.Series+series, paint.CutMiddle(label, width-2)+" "))
	}
	if room := width - line.Width(); room > 0 {
		line = append(line, paint.Say(paint.Shade+series, strings.Repeat("▄", room)))
	}
	return line.Fit(width)
}

func (f *flame) table(width, set int) []paint.Line {
	own := make([]float64, len(f.nodes))
	order := make([]int, len(f.nodes))
	var whole float64
	for i := range f.nodes {
		own[i] = callpath.Sum(f.nodes[i].Samples, func(s callpath.Sample) int64 { return s.Self })
		whole += own[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(own[b], own[a]) })
	name := min(max(width*2/5, 16), 60)
	head := fmt.Sprintf("%s%8s%10s%8s", paint.Pad(fmt.Sprintf("own time, of %d traces", set), name), "calls", "each", "")
	lines := []paint.Line{paint.Line{paint.Say(paint.Muted, head)}.Fit(width)}
	for _, i := range order[:min(len(order), flameRows)] {
		n := &f.nodes[i]
		line := paint.Line{service(f.names, n.Service, name*3/5), paint.Say(paint.Muted, "  "+paint.Safe(n.Name))}.Fit(name)
		each := int64(own[i] / float64(max(len(n.Samples), 1)))
		percent := 0.0
		if whole > 0 {
			percent = 100 * own[i] / whole
		}
		line = append(line, paint.Say(paint.Muted, paint.PadLeft(units.Count(int64(len(n.Samples))), 8)), paint.Say(paint.Text, paint.PadLeft(units.Duration(each), 10)),
			paint.Say(paint.Text, paint.PadLeft(fmt.Sprintf("%.0f %%", percent), 8)), paint.Say(paint.Text, "  "))
		line = append(line, gauge(max(width-line.Width(), 0), 100_000, level{int64(percent * 1000), paint.Accent})...)
		lines = append(lines, line.Fit(width))
	}
	return lines
}
