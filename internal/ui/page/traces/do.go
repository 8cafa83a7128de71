package traces

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
)

// do performs one of the dashboard's own actions on the trace. set is what it can be compared with.
func (v *view) do(w *page.World, id string, set []*traces.Trace) tea.Cmd {
	switch id {
	case "trace.flame":
		v.toggle(flameMode)
	case "trace.stats":
		v.toggle(statsMode)
	case "trace.compare":
		v.numbers.set, v.numbers.compared = set, nil
		v.toggle(compareMode)
	case "find.next", "find.previous":
		return v.next(w, id)
	case "trace.save":
		return v.save(w)
	case "show.logs":
		if i := v.row(); i >= 0 {
			from, to := recorded(v.trace)
			r := &v.trace.Rows[i]
			return w.Send(page.Open{Page: "logs", Link: linkOf(r), Pod: podOf(r), Trace: v.id, From: from, To: to})
		}
	default:
		if v.lay() != nil {
			v.layoutDo(id)
		}
	}
	return nil
}

func (v *view) toggle(m mode) {
	if v.mode == m {
		m = waterfallMode
	}
	v.mode, v.under, v.top, v.numbers.table.At = m, waterfallMode, 0, 0
}

func (v *view) next(w *page.World, id string) tea.Cmd {
	by := 1
	if id == "find.previous" {
		by = -1
	}
	if !v.jump(by, by) {
		return w.Send(page.Tell{Text: "no span contains " + v.search, Bad: true})
	}
	return nil
}

// layoutDo moves the cursor, or changes what is laid out.
func (v *view) layoutDo(id string) {
	switch {
	case v.mode == spanMode:
		v.sheetDo(id)
		return
	case v.moveDo(id):
		return
	case id == "open" && !v.onFold():
		v.openSheet()
		return
	case v.mode != waterfallMode:
		return
	}
	row := v.row()
	switch id {
	case "left", "right", "open":
		v.unfold(id)
	case "trace.fold":
		v.foldAll()
	case "trace.focus":
		if v.options.Focus == row {
			row = 0
		}
		v.options.Focus, v.options.From, v.options.To = row, 0, 0
	case "trace.gaps":
		v.options.Gaps = !v.options.Gaps
	case "trace.skew":
		v.options.NoSkew = !v.options.NoSkew
	case "trace.critical":
		v.critical = !v.critical
	case "trace.zoomin":
		v.zoom(0.5)
	case "trace.zoomout":
		v.zoom(2)
	case "trace.fit":
		v.options.From, v.options.To, v.options.Focus = 0, 0, 0
	default:
		return
	}
	v.again()
}

func (v *view) moveDo(id string) bool {
	if v.mode.numbers() {
		return v.numbers.table.Do(id, v.numbers.rows)
	}
	t := table.Table{At: v.cursor, Height: v.height}
	if !t.Do(id, v.lay().Len()) {
		return false
	}
	v.cursor, v.link = t.At, -1
	return true
}

// onFold tells whether the line under the cursor stands for several calls: it has no span of its own to show.
func (v *view) onFold() bool {
	line, ok := v.line()
	return ok && line.Fold != nil
}

// unfold opens (right), closes (left) or turns round what is below the cursor; left on something closed goes to its
// parent.
func (v *view) unfold(id string) {
	line, ok := v.line()
	if !ok {
		return
	}
	open := id == "right" || id != "left" && !line.Open
	switch {
	case line.Fold != nil:
		v.options.Opened[line.Index] = open
	case line.Below && (id != "left" || line.Open):
		v.options.Collapsed[line.Index] = !open
	case id == "left":
		if parent := v.trace.Rows[line.Index].Parent; parent >= 0 {
			if at := v.layout.Find(parent); at >= 0 {
				v.cursor = at
			}
		}
	}
}

// foldAll closes all rows below the root, or opens all.
func (v *view) foldAll() {
	for _, closed := range v.options.Collapsed {
		if closed {
			v.options.Collapsed = map[int]bool{}
			return
		}
	}
	for i := range v.trace.Rows {
		if r := &v.trace.Rows[i]; i > 0 && r.Size > 1 {
			v.options.Collapsed[i] = true
		}
	}
}

// zoom changes the stretch of time shown by a factor, round the middle of the span under the cursor.
func (v *view) zoom(factor float64) {
	whole := v.trace.Duration()
	base := v.trace.Start
	if v.options.Focus > 0 {
		whole, base = v.trace.Rows[v.options.Focus].Duration, v.trace.Rows[v.options.Focus].Start
	}
	from, to := v.options.From, v.options.To
	if to == 0 {
		to = whole
	}
	length := int64(float64(to-from) * factor)
	if length >= whole || whole == 0 {
		v.options.From, v.options.To = 0, 0
		return
	}
	length = max(length, 10) // µs
	middle := (from + to) / 2
	if i := v.row(); i > 0 && factor < 1 {
		r := &v.trace.Rows[i]
		middle = r.Start - base + r.Duration/2
	}
	from = min(max(middle-length/2, 0), whole-length)
	v.options.From, v.options.To = from, from+length
}

// ofWaterfall are the actions that only change the waterfall.
var ofWaterfall = []string{"trace.fold", "trace.focus", "trace.gaps", "trace.skew", "trace.critical", "trace.zoomin", "trace.zoomout", "trace.fit"}

func (v *view) disabled(id string) string {
	switch id {
	case "traces.query", "traces.errors", "traces.sort", "traces.pause":
		return "go back to the list first"
	}
	switch {
	case v.trace == nil:
		return "the trace is not there yet"
	case id == "trace.save" && v.spans == nil:
		return cmp.Or(v.err, "its spans are still being read")
	case v.mode != waterfallMode && slices.Contains(ofWaterfall, id):
		return "only on the waterfall"
	case v.mode == spanMode && id == "open":
		return "this is all that is known of the span"
	case v.mode.numbers() && id == "open":
		return "these are numbers of many spans"
	case v.search == "" && (id == "find.next" || id == "find.previous"):
		return "search with / first: in services, spans and tags"
	}
	return ""
}

// mouse takes clicks and the wheel.
func (v *view) mouse(w *page.World, msg tea.Msg) tea.Cmd {
	if v.mode.numbers() {
		v.numbers.mouse(msg)
		return nil
	}
	switch msg := msg.(type) {
	case page.Clicked:
		switch i := msg.ID.(type) {
		case spanZone:
			v.point(int(i))
		case table.Zone:
			v.cursor, v.link = int(i), -1
		case foldZone:
			v.cursor, v.link = int(i), -1
			v.unfold("")
			v.again()
			return nil
		default:
			return nil
		}
		if msg.Double {
			return v.do(w, "open", nil)
		}
	case page.Wheeled:
		if v.mode == spanMode {
			v.sheet.By(msg.Delta)
		} else if l := v.lay(); l != nil {
			v.cursor = min(max(v.cursor+msg.Delta, 0), max(l.Len()-1, 0))
		}
	}
	return nil
}
