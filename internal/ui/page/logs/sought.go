package logs

import (
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// sought is the trace that another page wants to see the lines of.
type sought struct {
	id       string
	from, to time.Time // when it was, by the clocks of the pods; zero where that is not known
}

// around is how far from a trace a line of it may have been written.
const around = time.Second

// seeking tells whether a trace is searched for still, whose time is known: its log is read from there on.
func (p *Page) seeking() bool {
	return p.trace.id != "" && p.search == p.trace.id && !p.trace.from.IsZero()
}

// halt stops reading: more lines would drive those out that were looked for.
func (p *Page) halt() {
	p.cancel()
	p.stream++
	p.halted = true
}

// whyMissing says why no line has the trace that is searched for; empty when there is no reason to be seen.
func (p *Page) whyMissing(w *page.World) string {
	if !p.missing || !p.seeking() {
		return ""
	}
	why := ""
	if !p.previous {
		for pod := range w.Snap.Pods() {
			if p.pod == pod.Name || p.pod == "" && (p.link == pod.Link || p.link < 0 && pod.Link >= 0) {
				if why = logline.Later(pod, p.trace.to); why == "" {
					break
				}
			}
		}
	}
	if k := w.KeyOf("logs.previous"); k != "" && strings.Contains(why, "restarted") {
		why += "; " + k + " shows what it wrote before"
	}
	if why == "" {
		why = p.whyNotRead()
	}
	return why
}

// whyNotRead is what the lines themselves tell: that older ones are gone, or that links leave some out.
func (p *Page) whyNotRead() string {
	first := true
	for i := range p.buffer.all {
		switch l := &p.buffer.all[i]; {
		case l.Gap:
			continue
		case first && l.At.After(p.trace.to.Add(around)):
			return "there is no line from before " + l.At.UTC().Format("15:04:05")
		case l.At.After(p.trace.from.Add(-around)) && strings.Contains(l.Fields, "linesLeftOut="):
			return "under this load links write a part of their lines only"
		}
		first = false
	}
	return ""
}

// drawMissing says over the lines why the trace is in none of them, and returns what is left for them.
func (p *Page) drawMissing(c canvas.Canvas, why string) canvas.Canvas {
	if why == "" {
		return c
	}
	row := c.Rows(0, 1)
	row.Ground(theme.Select)
	row.Text(1, 0, canvas.Cut("▲ no line has "+canvas.Cut(p.search, 9)+": "+why, c.W()-2), theme.Warn)
	return c.Rows(1, c.H()-1)
}
