// Package eventlist draws the last events of one object, below what else is known of it.
package eventlist

import (
	"fmt"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

const reasons = 6 // column where the reasons begin, after the ages

// Whole draws events with whole messages from row y on, and returns the row after them.
func Whole(c canvas.Canvas, y int, now time.Time, events []*state.Event) int {
	for _, e := range events {
		x := begin(c, y, now, e)
		for _, line := range message(c, e) {
			c.Text(x, y, line, theme.Muted)
			y++
		}
	}
	return y
}

// Fit draws events in what is left of c from row y on: whole where there is room for all of all, else a line of each, as
// many as fit.
func Fit(c canvas.Canvas, y int, now time.Time, events []*state.Event) {
	events = events[:min(len(events), max(c.H()-y, 0))]
	rows := 0
	for _, e := range events {
		rows += len(message(c, e))
	}
	if y+rows <= c.H() {
		Whole(c, y, now, events)
		return
	}
	for i, e := range events {
		x := begin(c, y+i, now, e)
		c.Text(x, y+i, canvas.Cut(e.Message, c.W()-x), theme.Muted)
	}
}

// begin draws what stands before an event's message, and returns the message's column.
func begin(c canvas.Canvas, y int, now time.Time, e *state.Event) int {
	ink := theme.Text
	if e.Warning {
		ink = theme.Warn
	}
	c.Right(reasons-2, y, units.Age(now, e.Time), theme.Faint)
	return c.Text(reasons, y, reason(e), ink) + 2
}

// message is the event's, broken into lines; at least one.
func message(c canvas.Canvas, e *state.Event) []string {
	if lines := canvas.Wrap(e.Message, c.W()-reasons-canvas.Width(reason(e))-2); len(lines) > 0 {
		return lines
	}
	return []string{""}
}

func reason(e *state.Event) string {
	if e.Count > 1 {
		return fmt.Sprintf("%s ×%d", e.Reason, e.Count)
	}
	return e.Reason
}
