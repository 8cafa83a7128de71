package traces

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces"
)

// find searches for a text in services, names and tags, from the cursor on.
func (v *view) find(text string) {
	v.search = text
	if text != "" && v.trace != nil {
		v.jump(0, 1)
	}
}

// jump goes to the next span that contains the text, in steps of by from the cursor's span plus from.
func (v *view) jump(from, by int) bool {
	at := max(v.row(), 0) + from
	for n := 0; n < len(v.trace.Rows); n++ {
		i := ((at+n*by)%len(v.trace.Rows) + len(v.trace.Rows)) % len(v.trace.Rows)
		if contains(&v.trace.Rows[i], v.search) {
			if line := v.reveal(i); line >= 0 {
				v.cursor, v.sheet.Top = line, 0
				return true
			}
		}
	}
	return false
}

func contains(r *traces.Row, text string) bool {
	text = strings.ToLower(text)
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	if has(r.Service()) || has(r.Name()) {
		return true
	}
	for _, h := range r.Halves() {
		for k, value := range h.Span.Tags {
			if has(k + "=" + value) {
				return true
			}
		}
	}
	return false
}

// reveal opens what hides a row, and returns the row's line; -1 when there is none.
func (v *view) reveal(row int) int {
	l := v.lay()
	if l == nil {
		return -1
	}
	line := l.Find(row)
	if line < 0 {
		return -1
	}
	if at := l.Rows(line, line+1)[0]; at.Index == row && at.Fold == nil {
		return line
	}
	for i := v.trace.Rows[row].Parent; i >= 0; i = v.trace.Rows[i].Parent {
		delete(v.options.Collapsed, i)
	}
	v.layout = nil
	if line = v.lay().Find(row); line >= 0 {
		if at := v.lay().Rows(line, line+1)[0]; at.Fold != nil {
			v.options.Opened[at.Index] = true
			v.layout = nil
			line = v.lay().Find(row)
		}
	}
	return line
}
