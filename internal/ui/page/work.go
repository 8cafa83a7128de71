package page

import (
	"runtime/debug"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Work counts commands that are under way, so that a test (and the spinner) knows when the dashboard is at rest.
// Timers and streams are not work: they have no end of their own.
type Work struct{ n atomic.Int64 }

// Worked is the answer of a counted command.
type Worked struct{ Msg tea.Msg }

// Do makes a counted command of f.
func (k *Work) Do(f func() tea.Msg) tea.Cmd {
	if k == nil {
		return f
	}
	k.n.Add(1)
	return func() (msg tea.Msg) {
		defer func() {
			if what := recover(); what != nil {
				msg = Worked{Panicked{what, debug.Stack()}}
			}
		}()
		return Worked{f()}
	}
}

// Panicked is the answer of a counted command that panicked.
type Panicked struct {
	What  any
	Stack []byte
}

// Begin counts what is under way without a command of Do's, until Done.
func (k *Work) Begin() { k.n.Add(1) }

// Done is called by the frame when it has dealt with a command's answer.
func (k *Work) Done() { k.n.Add(-1) }

// Idle tells whether nothing is under way.
func (k *Work) Idle() bool { return k.n.Load() == 0 }

// Send is a command that only delivers a message.
func (w *World) Send(msg tea.Msg) tea.Cmd { return w.Work.Do(func() tea.Msg { return msg }) }

// After is a command that delivers a message after a while. It is no work: who waits for the dashboard to be at rest
// does not wait for it, except where the clock stands still and the message comes at once.
func (w *World) After(d time.Duration, msg tea.Msg) tea.Cmd {
	if w.Still {
		return w.Send(msg)
	}
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
