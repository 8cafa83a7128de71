package traces

import (
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/heat"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/table"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

var columns = []table.Column{
	{Title: "when", Min: 12},
	{Title: "request", Min: 10, Max: 24, Drop: 3},
	{Title: "duration", Min: 12, Max: 100},
	{Title: "", Min: 8, Right: true},
	{Title: "spans", Min: 5, Right: true, Drop: 2},
	{Title: "services", Min: 8, Right: true, Drop: 4},
	{Title: "result", Min: 18, Max: 34, Drop: 1},
	{Title: "trace", Min: 12, Max: 32, Drop: 5},
}

func (l *list) draw(w *page.World, c canvas.Canvas) {
	switch {
	case l.err != "":
		c.Text(1, 0, canvas.Cut("✗ "+l.err, c.W()-2), theme.Fail)
		c = c.Rows(2, c.H()-2)
	case w.Traffic.Err != "" && l.query == nil:
		c.Text(1, 0, canvas.Cut("▲ "+sanitise.Line(w.Traffic.Err), c.W()-2), theme.Warn)
		c = c.Rows(2, c.H()-2)
	}
	if len(l.Rows()) == 0 {
		l.drawNone(w, c)
		return
	}
	if c.H() >= 18 && w.Snap.Conn.Phase != state.NoCluster { // a file's traces have no now
		h := min(c.H()/4, 9)
		heat.Draw(c.Rows(0, h), l.Rows(), l.past(w), w.Now)
		c = c.Rows(h+1, c.H()-h-1)
	}
	longest := int64(1)
	for _, t := range l.Rows() {
		longest = max(longest, t.Duration())
	}
	sorted := 0
	if l.slowest {
		sorted = 3
	}
	l.Draw(c, sorted, true, func(t *traces.Trace) table.Row { return row(t, longest) })
}

func (l *list) drawNone(w *page.World, c canvas.Canvas) {
	text := "no traces yet: they appear as soon as requests walk the chain"
	switch {
	case l.query != nil && l.found == nil && l.err == "":
		text = "asking the collector…"
	case l.query != nil || l.filter != "" || l.link >= 0 || l.errors:
		text = "no trace matches; esc shows all"
	case len(w.Snap.Links) == 0:
		text = "nothing is deployed, so there is nothing to trace"
	}
	c.Center(c.H()/3, text, theme.Muted)
	if k := w.KeyOf("request"); k != "" && len(w.Snap.Links) > 0 {
		c.Center(c.H()/3+1, k+" sends one request now", theme.Faint)
	}
}

func row(t *traces.Trace, longest int64) table.Row {
	ink, result, symbol := theme.Shade, theme.Muted, "● ok"
	if t.Origin >= 0 {
		ink, result, symbol = theme.Fail, theme.Fail, "✗ "+failure(t)
	}
	return table.Row{
		{Text: time.UnixMicro(t.Start).UTC().Format("15:04:05.000"), Ink: theme.Muted},
		{Text: rootName(t), Ink: theme.Text},
		{Bar: float64(t.Duration()) / float64(longest), Ink: ink},
		{Text: units.Latency(micros(t.Duration())), Ink: theme.Text},
		{Text: units.Count(t.Ledger.Received), Ink: theme.Muted},
		{Text: units.Count(len(t.Services)), Ink: theme.Muted},
		{Text: symbol, Ink: result},
		{Text: t.ID, Ink: theme.Faint},
	}
}

// rootName is what the request was: the name of the root's span.
func rootName(t *traces.Trace) string {
	if len(t.Rows) == 0 {
		return ""
	}
	if name := t.Rows[0].Name(); name != "" {
		return sanitise.Line(name)
	}
	return "root not received"
}

// failure says where a trace's error began: "503 from link 5".
func failure(t *traces.Trace) string {
	if t.Origin < 0 || t.Origin >= len(t.Rows) {
		return ""
	}
	r := &t.Rows[t.Origin]
	text := sanitise.Line(r.Failure())
	if code, ok := r.Tag("http.status_code"); ok {
		text = sanitise.Line(code)
	}
	if text == "" {
		text = "error"
	}
	return text + " from " + place(r.Service())
}

func micros(µs int64) time.Duration { return time.Duration(µs) * time.Microsecond }
