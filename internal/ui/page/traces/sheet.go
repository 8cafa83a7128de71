package traces

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// openSheet shows all that is known of the span under the cursor.
func (v *view) openSheet() { v.under, v.mode, v.sheet.Top = v.mode, spanMode, 0 }

// sheetDo scrolls it; left and right go to the span beside.
func (v *view) sheetDo(id string) {
	by, ok := map[string]int{"left": -1, "right": 1}[id]
	if !ok {
		v.sheet.Do(id)
		return
	}
	rows := v.lay().Rows(0, v.lay().Len())
	for at := v.cursor + by; at >= 0 && at < len(rows); at += by {
		if rows[at].Fold == nil { // a fold has no span of its own to show
			v.cursor, v.link, v.sheet.Top = at, -1, 0
			return
		}
	}
}

// drawSheet draws all that is known of the span under the cursor, to be scrolled.
func (v *view) drawSheet(w *page.World, c canvas.Canvas) {
	i := v.row()
	if i < 0 {
		return
	}
	r := &v.trace.Rows[i]
	c.Rule(0, strings.TrimSpace(sanitise.Line(r.Service())+"  "+sanitise.Line(r.Name())), theme.Border, theme.Accent)
	c.Right(c.W()-1, 0, fmt.Sprintf(" ← %d of %d → ", v.cursor+1, v.lay().Len()), theme.Muted)
	v.sheet.Draw(c.Sub(1, 1, c.W()-1, c.H()-1), func(c canvas.Canvas, y int) int {
		y = drawPod(w, c, r, v.drawTimes(c, r, y, true))
		for _, h := range r.Halves() {
			y = drawHalf(c, y+1, v.trace, h)
		}
		return drawIDs(c, v.drawWholeLog(w, c, y+1, r), v.trace, r)
	})
}

// drawHalf draws one side of a call as it was reported: by whom, when, with which tags and annotations.
func drawHalf(c canvas.Canvas, y int, t *traces.Trace, h *traces.Half) int {
	s := &h.Span
	kind := "local span"
	if s.Kind != "" {
		kind = strings.ToLower(string(s.Kind)) + " half"
	}
	x := c.Text(0, y, kind, theme.Accent)
	x = c.Text(x+2, y, endpoint(s.LocalEndpoint), theme.Text)
	if other := endpoint(s.RemoteEndpoint); other != "" {
		arrow := "→"
		if s.Kind == zipkin.Server || s.Kind == zipkin.Consumer {
			arrow = "←"
		}
		c.Text(x+1, y, arrow+" "+other, theme.Muted)
	}
	c.Text(2, y+1, canvas.Cut(strings.Join(reported(h), "   "), c.W()-2), theme.Muted)
	y += 2
	wide := 0
	for k := range s.Tags {
		wide = min(max(wide, canvas.Width(sanitise.Line(k))), c.W()/3)
	}
	for _, k := range slices.Sorted(maps.Keys(s.Tags)) {
		c.Text(2, y, canvas.Middle(sanitise.Line(k), wide), theme.Muted)
		y = drawWhole(c, wide+4, y, s.Tags[k], inkOfTag(k))
	}
	for _, a := range s.Annotations {
		c.Right(max(wide, 10)+2, y, "+"+units.Latency(micros(a.Timestamp+h.Shift-t.Start)), theme.Faint)
		y = drawWhole(c, max(wide, 10)+4, y, a.Value, theme.Text)
	}
	return y
}

// inkOfTag is how a tag's value stands out.
func inkOfTag(key string) theme.Ink {
	switch key {
	case chain.FaultTag:
		return theme.Warn
	case "error":
		return theme.Fail
	}
	return theme.Text
}

// reported are a half's own numbers, by its own clock.
func reported(h *traces.Half) []string {
	var parts []string
	if at := h.Span.Timestamp; at > 0 {
		parts = append(parts, "began "+time.UnixMicro(at).UTC().Format("15:04:05.000000 UTC"))
	}
	if d := h.Span.Duration; d > 0 {
		parts = append(parts, "took "+units.Latency(micros(d)))
	}
	if h.Shift != 0 {
		parts = append(parts, fmt.Sprintf("its clock corrected by %+.1f ms", float64(h.Shift)/1000))
	}
	if n := len(h.Pieces); n > 1 {
		parts = append(parts, fmt.Sprintf("came in %d pieces", n))
	}
	return parts
}

// endpoint is a side of a call in words: "chain-link-service-2 10.1.2.3:8080"; empty for none.
func endpoint(e *zipkin.Endpoint) string {
	if e == nil {
		return ""
	}
	address := e.IPv4
	if address == "" && e.IPv6 != "" {
		address = "[" + e.IPv6 + "]"
	}
	if e.Port > 0 {
		address += fmt.Sprintf(":%d", e.Port)
	}
	return strings.TrimSpace(sanitise.Line(e.ServiceName) + " " + sanitise.Line(address))
}

// drawWhole draws text of any length at x, y, broken into lines, and returns the row after it.
func drawWhole(c canvas.Canvas, x, y int, text string, ink theme.Ink) int {
	for _, part := range strings.Split(sanitise.Text(text), "\n") {
		for _, line := range canvas.Wrap(part, c.W()-x) {
			c.Text(x, y, line, ink)
			y++
		}
	}
	return y
}

func (v *view) drawWholeLog(w *page.World, c canvas.Canvas, y int, r *traces.Row) int {
	lines := v.logLines(w, r)
	if len(lines) == 0 {
		return y
	}
	c.Text(0, y, "log", theme.Accent)
	y++
	for i := range lines {
		drawLogLine(c.Sub(2, y, c.W()-2, 1), &lines[i])
		y++
	}
	return y + 1
}

func drawIDs(c canvas.Canvas, y int, t *traces.Trace, r *traces.Row) int {
	ids := [][2]string{{"trace", t.ID}}
	if r.Own != nil {
		ids = append(ids, [2]string{"span", r.Own.Span.ID}, [2]string{"parent", r.Own.Span.ParentID})
	}
	c.Text(0, y, "ids", theme.Accent)
	y++
	for _, id := range ids {
		if id[1] != "" {
			c.Text(2, y, id[0], theme.Muted)
			c.Text(10, y, sanitise.Line(id[1]), theme.Text)
			y++
		}
	}
	return y
}
