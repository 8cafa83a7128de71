package traces

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// drawSpan draws the span under the cursor: its halves, its pod, its tags and annotations.
func (v *view) drawSpan(w *page.World, c canvas.Canvas) {
	i := v.row()
	if i < 0 {
		return
	}
	r := &v.trace.Rows[i]
	title := strings.TrimSpace(sanitise.Line(r.Service()) + "  " + sanitise.Line(r.Name()))
	c.Rule(0, title, theme.Border, theme.Accent)
	if s := v.switches(); s != "" {
		c.Right(c.W()-1, 0, " "+s+" ", theme.Warn)
	} else if k := w.KeyOf("open"); k != "" && canvas.Width(title) < c.W()-30 {
		c.Right(c.W()-1, 0, " "+k+" shows all of it ", theme.Faint)
	}
	c = c.Sub(1, 1, c.W()-2, c.H()-1)
	lines := v.logLines(w, r)
	known := c.Rows(0, c.H()-min(len(lines), 1+c.H()/8)) // the log has a line or two, whatever is known
	y := drawPod(w, known, r, v.drawTimes(known, r, 0, c.H() > 8))
	y = drawMore(w, known, drawAnnotations(known, v.trace, r, drawTags(known, r, y)))
	v.drawLog(w, c.Rows(y, c.H()-y), lines)
}

// drawMore says how many of y lines c has no room for, and returns the row after what it shows.
func drawMore(w *page.World, c canvas.Canvas, y int) int {
	if y <= c.H() {
		return y
	}
	last := c.Rows(c.H()-1, 1)
	last.Clear()
	text := "… " + units.Plural(y-c.H()+1, "more line", "more lines")
	if k := w.KeyOf("open"); k != "" {
		text += ", " + k + " shows all of it"
	}
	last.Text(0, 0, text, theme.Faint)
	return c.H()
}

// drawTimes says how long the span took, what failed in it and what is odd about it, from row y on; it returns the row
// after that. Where there is no room for all of it, what has none in a line is cut.
func (v *view) drawTimes(c canvas.Canvas, r *traces.Row, y int, whole bool) int {
	parts := []string{halves(r), "total " + units.Latency(micros(r.Duration)), "own time " + units.Latency(micros(r.Self))}
	if r.Network >= 0 && r.Caller != nil {
		parts = append(parts, "network "+units.Latency(micros(r.Network)))
	}
	if r.Start > 0 {
		parts = append(parts, "begins at +"+units.Latency(micros(r.Start-v.trace.Start)))
	}
	lines := []string{canvas.Cut(strings.Join(parts, "   "), c.W())}
	if whole {
		lines = canvas.Wrap(strings.Join(parts, "   "), c.W())
	}
	for _, line := range lines {
		c.Text(0, y, strings.TrimSpace(line), theme.Text)
		y++
	}
	if text := sanitise.Line(r.Failure()); text != "" || r.Marks.Has(traces.Failed) {
		c.Text(0, y, canvas.Cut("✗ "+cmp.Or(text, "failed"), c.W()), theme.Fail)
		y++
	}
	if names := r.Marks.Names(); len(names) > 0 {
		if text := strings.Join(slices.DeleteFunc(names, func(n string) bool { return n == "failed" }), ", "); text != "" {
			c.Text(0, y, text, theme.Muted)
			y++
		}
	}
	return y
}

func halves(r *traces.Row) string {
	switch {
	case r.Own == nil:
		return "not received"
	case r.Caller != nil:
		return "client and server halves"
	case r.Own.Span.Kind == "":
		return "local span"
	}
	return strings.ToLower(string(r.Own.Span.Kind)) + " half only"
}

// podOf is the pod that a span names; empty when it names none.
func podOf(r *traces.Row) string {
	name, _ := r.Tag(chain.PodTag)
	return sanitise.Line(name)
}

// leastName is how much of a pod's name is shown at least: its link and its own letters.
const leastName = 24

// drawPod joins the span to its pod as it is now.
func drawPod(w *page.World, c canvas.Canvas, r *traces.Row, y int) int {
	name := podOf(r)
	if name == "" {
		return y
	}
	x := c.Text(0, y, "pod ", theme.Muted)
	pod := find(w.Snap, name)
	if pod == nil {
		on, is := "", ""
		if node, ok := r.Tag(chain.NodeTag); ok {
			on = " on " + sanitise.Line(node)
		}
		if podsKnown(w.Snap) {
			is = "is gone"
		}
		x = c.Text(x, y, canvas.Middle(name, max(c.W()-x-canvas.Width(on+"  "+is), leastName)), theme.Text)
		x = c.Text(x, y, on, theme.Text)
		c.Text(x+2, y, is, theme.Warn)
		return y + 1
	}
	ink := theme.Muted
	if pod.Restarts > 0 {
		ink = theme.Warn
	}
	on := " on " + pod.Node
	text := units.Plural(pod.Restarts, "restart", "restarts") + ", " + pod.State + ", " + units.Age(w.Now, pod.Created) + " old"
	if pod.LastExit != "" {
		text += ", last exit " + pod.LastExit
	}
	x = c.Text(x, y, canvas.Middle(name, max(c.W()-x-canvas.Width(on+"  "+text), leastName)), theme.Text)
	x = c.Text(x, y, on, theme.Text)
	c.Text(x+2, y, canvas.Cut(text, c.W()-x-2), ink)
	return y + 1
}

// podsKnown tells whether a pod that is not there is gone, and not only unknown.
func podsKnown(s *state.Snapshot) bool {
	_, denied := s.Conn.Denial(state.Pods)
	return !denied && (s.Conn.Phase == state.Live || s.Conn.Phase == state.Stale)
}

func find(s *state.Snapshot, name string) *state.Pod {
	for pod := range s.Pods() {
		if pod.Name == name {
			return pod
		}
	}
	return nil
}

// shownApart are tags that the pane says in words of its own.
var shownApart = []string{chain.PodTag, chain.NodeTag, chain.NamespaceTag, "error"}

// drawTags draws the tags of both halves, one after the other, and returns the row after them, which may lie below c.
func drawTags(c canvas.Canvas, r *traces.Row, y int) int {
	x := 0
	for _, key := range tagKeys(r) {
		value := tagOf(r, key)
		key, value = sanitise.Line(key), canvas.Cut(sanitise.Line(value), max(c.W()/2, 20))
		if width := canvas.Width(key) + 1 + canvas.Width(value); x > 0 && x+width > c.W() {
			x, y = 0, y+1
		}
		x = c.Text(x, y, key, theme.Muted)
		x = c.Text(x+1, y, value, inkOfTag(key)) + 3
	}
	if x > 0 {
		y++
	}
	return y
}

// tagOf is a tag's value; both where the client's half and the server's differ.
func tagOf(r *traces.Row, key string) string {
	var values []string
	for _, h := range r.Halves() {
		if v, ok := h.Span.Tags[key]; ok && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return strings.Join(values, " / ")
}

func tagKeys(r *traces.Row) []string {
	var keys []string
	for _, h := range r.Halves() {
		for k := range h.Span.Tags {
			if !slices.Contains(keys, k) && !slices.Contains(shownApart, k) {
				keys = append(keys, k)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// drawAnnotations draws those of both halves, and returns the row after them, which may lie below c.
func drawAnnotations(c canvas.Canvas, t *traces.Trace, r *traces.Row, y int) int {
	for _, h := range r.Halves() {
		for _, a := range h.Span.Annotations {
			at := fmt.Sprintf("+%s", units.Latency(micros(a.Timestamp+h.Shift-t.Start)))
			c.Right(10, y, at, theme.Faint)
			c.Text(12, y, canvas.Cut(sanitise.Line(a.Value), c.W()-12), theme.Muted)
			y++
		}
	}
	return y
}
