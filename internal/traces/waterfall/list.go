package waterfall

import (
	"cmp"
	"slices"

	"github.com/chaintui/chaintui/internal/traces"
)

// Fold is calls alike below one row, drawn as one line.
type Fold struct {
	Rows   []int // rows of the trace, in the order of the layout
	Sum    int64 // µs
	P95    int64 // µs, the least duration that 95 % do not exceed
	Max    int64 // µs
	Errors int
}

// list fills in the lines from the focus down.
func (l *Layout) list() {
	rows := l.trace.Rows
	l.items = make([]item, 0, rows[l.options.Focus].Size)
	stack := []item{{row: l.options.Focus, fold: -1}}
	var children []int
	for len(stack) > 0 {
		it := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		open := it.fold < 0
		if it.fold >= 0 {
			it.below = true
			open = l.options.Opened[it.row]
		} else {
			it.below = rows[it.row].Size > 1
		}
		l.items = append(l.items, it)
		switch {
		case it.fold >= 0 && open:
			for _, r := range slices.Backward(l.folds[it.fold].Rows) {
				stack = append(stack, item{row: r, depth: it.depth + 1, fold: -1})
			}
		case it.fold < 0 && it.below && !l.options.Collapsed[it.row]:
			children = children[:0]
			for c := it.row + 1; c < it.row+rows[it.row].Size; c += rows[c].Size {
				children = append(children, c)
			}
			l.sort(children)
			lines := l.fold(children)
			for _, line := range slices.Backward(lines) {
				line.depth = it.depth + 1
				stack = append(stack, line)
			}
		}
	}
}

// sort puts children in the order of the clocks that are shown; a tree has them in that of the corrected ones. Those
// without a time come last.
func (l *Layout) sort(children []int) {
	if !l.options.NoSkew {
		return
	}
	slices.SortStableFunc(children, func(a, b int) int {
		x, _ := l.time(a)
		y, _ := l.time(b)
		if x == 0 || y == 0 {
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
}

// fold makes lines of children: calls alike, where there are enough of them, become one in the place of the first.
func (l *Layout) fold(children []int) []item {
	lines := make([]item, 0, len(children))
	if l.options.Fold <= 1 || len(children) < l.options.Fold {
		for _, c := range children {
			lines = append(lines, item{row: c, fold: -1})
		}
		return lines
	}
	type call struct{ service, name string }
	alike := map[call][]int{}
	for _, c := range children {
		r := &l.trace.Rows[c]
		key := call{r.Service(), r.Name()}
		alike[key] = append(alike[key], c)
	}
	for _, c := range children {
		r := &l.trace.Rows[c]
		group := alike[call{r.Service(), r.Name()}]
		switch {
		case len(group) < l.options.Fold:
			lines = append(lines, item{row: c, fold: -1})
		case group[0] == c:
			l.folds = append(l.folds, l.sum(group))
			lines = append(lines, item{row: c, fold: len(l.folds) - 1})
		}
	}
	return lines
}

func (l *Layout) sum(group []int) Fold {
	f := Fold{Rows: group}
	durations := make([]int64, 0, len(group))
	for _, i := range group {
		r := &l.trace.Rows[i]
		if f.Sum += r.Duration; f.Sum < 0 {
			f.Sum = 1<<63 - 1
		}
		durations = append(durations, r.Duration)
		if r.Marks.Has(traces.Failed) {
			f.Errors++
		}
	}
	slices.Sort(durations)
	f.P95, f.Max = durations[(len(durations)*95+99)/100-1], durations[len(durations)-1]
	return f
}
