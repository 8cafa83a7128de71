package traces

import (
	"cmp"
	"fmt"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// logLines are the log lines of a span, or one that says why there are none; nothing while it is not known.
func (v *view) logLines(w *page.World, r *traces.Row) []logline.Line {
	pod := podOf(r)
	if pod == "" || w.Session.Logs == nil {
		return nil
	}
	say := func(level logline.Level, text string) []logline.Line {
		return []logline.Line{{Gap: true, Level: level, Text: text}}
	}
	log, known := v.logs.known[pod]
	lines := log.of(r)
	switch {
	case len(lines) > 0:
		return lines
	case known && log.err != "":
		return say(logline.Warn, "▲ "+sanitise.Line(log.err))
	case known:
		return say(logline.Debug, cmp.Or(v.later(w, pod), "nothing written within 1 s of this span"))
	case find(w.Snap, pod) == nil && podsKnown(w.Snap):
		return say(logline.Debug, "gone with its pod")
	case v.logs.reading != 0 && v.logs.reading == v.logs.move:
		return say(logline.Debug, "reading…")
	}
	return nil
}

// later says that what runs in the pod was started after the trace; empty when it was not, or the pod is gone.
func (v *view) later(w *page.World, name string) string {
	pod := find(w.Snap, name)
	if pod == nil {
		return ""
	}
	_, to := recorded(v.trace)
	return logline.Later(pod, to)
}

// drawLog draws as many lines as fit.
func (v *view) drawLog(w *page.World, c canvas.Canvas, lines []logline.Line) {
	if len(lines) == 0 || c.H() <= 0 {
		return
	}
	c.Text(0, 0, "log", theme.Muted)
	for y := range min(len(lines), c.H()) {
		l := &lines[y]
		if y == c.H()-1 && len(lines) > c.H() {
			text := fmt.Sprintf("… %d more lines", len(lines)-y)
			if k := w.KeyOf("show.logs"); k != "" {
				text += ", " + k + " shows them"
			}
			c.Text(4, y, text, theme.Faint)
			return
		}
		drawLogLine(c.Sub(4, y, c.W()-4, 1), l)
	}
}

func drawLogLine(c canvas.Canvas, l *logline.Line) {
	if l.Gap { // a word of ours
		ink := theme.Muted
		if l.Level == logline.Warn {
			ink = theme.Warn
		}
		c.Text(0, 0, canvas.Cut(l.Text, c.W()), ink)
		return
	}
	x := c.Text(0, 0, l.At.UTC().Format("15:04:05.000"), theme.Faint)
	word, ink := l.Level.Word()
	x = c.Text(x+2, 0, word, ink)
	x = c.Text(x+1, 0, canvas.Cut(l.Text, c.W()-x-1), l.Ink())
	if l.Fields != "" {
		c.Text(x+2, 0, canvas.Cut(l.Fields, c.W()-x-2), theme.Muted)
	}
}
