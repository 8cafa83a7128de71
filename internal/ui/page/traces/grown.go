package traces

import "github.com/chaintui/chaintui/internal/traces"

// grown puts the trace with more spans in place of the one on screen. Its rows have new numbers: the cursor and what is
// focused stay on their spans.
func (v *view) grown(t *traces.Trace) {
	at, focus := v.spanAt(v.row()), ""
	collapsed, opened := v.ids(v.options.Collapsed), v.ids(v.options.Opened)
	if v.options.Focus > 0 {
		focus = v.spanAt(v.options.Focus)
	}
	aiming := v.link >= 0
	v.trace, v.layout, v.settled = t, nil, 0
	v.numbers.forget()
	v.logs.forget()
	v.options.Collapsed, v.options.Opened = v.rows(collapsed), v.rows(opened)
	v.options.Focus = max(v.rowOf(focus), 0)
	if v.lay() == nil || aiming && v.link < 0 { // the aim was hit
		return
	}
	if line := v.layout.Find(v.rowOf(at)); line >= 0 && at != "" {
		v.cursor = line
	}
}

// spanAt is the id of a row's span; empty for none.
func (v *view) spanAt(row int) string {
	if v.trace == nil || row < 0 || row >= len(v.trace.Rows) || v.trace.Rows[row].Own == nil {
		return ""
	}
	return v.trace.Rows[row].Own.Span.ID
}

// ids are the rows in a set by the ids of their spans, and rows are those with such ids as they are numbered now.
func (v *view) ids(set map[int]bool) map[string]bool {
	ids := map[string]bool{}
	for row, in := range set {
		if id := v.spanAt(row); in && id != "" {
			ids[id] = true
		}
	}
	return ids
}

func (v *view) rows(ids map[string]bool) map[int]bool {
	set := map[int]bool{}
	for row := range v.trace.Rows {
		if ids[v.spanAt(row)] {
			set[row] = true
		}
	}
	return set
}

// rowOf is the row of a span; -1 for none.
func (v *view) rowOf(id string) int {
	for i := range v.trace.Rows {
		if id != "" && v.spanAt(i) == id {
			return i
		}
	}
	return -1
}
