package tour

import (
	"fmt"
	"strings"
	"time"
)

// Caption is what is said at a moment of the tour.
type Caption struct {
	Step   string // such as "2/6"
	Title  string
	Text   string
	Status string // what is waited for; empty for nothing, or while an act runs
	Bad    bool   // Text says what went wrong
	Next   string // what going on does now; empty when it does nothing
	Leave  bool   // the tour can be left
}

// Caption is what is said now. It must not be asked for when the tour is over.
func (t *Tour) Caption(v View) Caption {
	s := t.scene()
	c := Caption{Step: fmt.Sprintf("%d/%d", s.step, steps), Title: s.title, Text: s.does, Leave: !t.last()}
	switch t.stage {
	case showing:
		c.Status = "waiting to see it"
	case waiting:
		c.Status, c.Next = fmt.Sprintf("waiting to see it, %d s", int(v.Now.Sub(t.since).Seconds())), "skip"
	case resting:
		c.Text, c.Next = s.say(t, v), "next"
		if t.last() {
			c.Next = "end the tour"
		}
		if t.err != nil {
			c.Bad, c.Text, c.Next = true, t.err.Error(), "go on without it"
			if t.last() {
				c.Next = "try again"
			}
		}
		if t.auto {
			c.Status = fmt.Sprintf("next in %d s", int((t.pause(v) - v.Now.Sub(t.since) + time.Second - 1).Seconds()))
		}
	case opening, acting:
	}
	return c
}

// pause is how long a caption is left to be read: some seconds to look, and the time to read it.
func (t *Tour) pause(v View) time.Duration {
	text := t.scene().say(t, v)
	if t.err != nil {
		text = t.err.Error()
	}
	return 3*time.Second + time.Duration(len(strings.Fields(text)))*300*time.Millisecond
}
