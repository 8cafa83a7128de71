// Package tour is the guided demonstration of a chain, as data: what each scene does by way of the actions that a user
// has, what is waited for, what is said about it, and what puts everything back. It shows nothing and talks to nothing:
// who leads through it asks what to do, does it, and tells what came of it.
package tour

import (
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traffic"
)

// View is what the tour looks at.
type View struct {
	Now     time.Time
	Snap    *state.Snapshot  // never nil
	Traffic *traffic.Traffic // never nil
	Polls   int              // how often Traffic was answered so far
}

// Order is what is to be done now. At most one of its fields is set; none when there is nothing to do but to wait.
type Order struct {
	Show *Show
	Act  *Act // run it, and tell Started and Ran; it is asked for again until it was started
	Stop bool // cut the act off that is running
	Quit bool // end the program
}

// Show is what is to be on screen: a trace, or else the Chain page.
type Show struct {
	Trace string // its id
	Link  int    // to be chosen; -1 for none
}

// stage is how far a scene has come.
type stage int

const (
	opening stage = iota
	acting        // acts are run, one after the other
	showing       // the snapshot is to show what the last act did
	waiting       // for what the scene wants to be seen
	resting       // the caption is read
)

// How long the tour waits at most: for one act, until a snapshot shows it, for what a scene wants to be seen.
const (
	actLimit  = 2 * time.Minute
	showLimit = 10 * time.Second
	waitLimit = 45 * time.Second
)

// Tour is one tour under way. Its methods are called one at a time.
type Tour struct {
	Began Beginning

	auto    bool
	scenes  []scene
	at      int // len(scenes) when it is over
	stage   stage
	since   time.Time // of the stage
	queue   []Act     // still to be done; the first is at hand
	running bool      // the first of the queue is
	cut     bool      // it was told to stop
	trace   string    // to be shown
	polls   int       // at the beginning of the wait
	skipped bool      // the wait was not waited out
	before  *chain.LoadState
	unsure  []string // kinds of acts that were cut off
	leaving bool
	err     error // why the scene stopped
	failure error // the first one of a tour that goes on by itself
}

// New is a tour of a chain. With auto it goes on by itself, and ends with Quit.
func New(b Beginning, auto bool) *Tour { return &Tour{Began: b, auto: auto, scenes: script(b)} }

// Over tells whether the tour has ended, and everything was put back.
func (t *Tour) Over() bool { return t.at == len(t.scenes) }

// Err is why a tour that goes on by itself did not come to its end.
func (t *Tour) Err() error { return t.failure }

// Next is what is to be done now. It is to be asked again after each thing that was done, and whenever something changed.
func (t *Tour) Next(v View) Order {
	if t.leaving && !t.running {
		t.leaving = false
		t.open(len(t.scenes) - 1)
	}
	for !t.Over() {
		switch t.stage {
		case opening:
			return t.begin(v)
		case acting:
			if o, ok := t.act(v); ok {
				return o
			}
		case showing:
			if shown := t.queue[0].Shown; shown != nil && !shown(v.Snap) && v.Now.Sub(t.since) < showLimit {
				return Order{}
			}
			t.queue = t.queue[1:]
			t.enter(acting, v.Now)
		case waiting:
			if until := t.scene().until; until != nil && !until(t, v) && v.Now.Sub(t.since) < waitLimit {
				return Order{}
			}
			t.enter(resting, v.Now)
		case resting:
			if !t.auto || v.Now.Sub(t.since) < t.pause(v) {
				return Order{}
			}
			if t.err != nil {
				return Order{Quit: true} // tidying up failed
			}
			t.Forward(v)
		}
	}
	return Order{Quit: t.auto}
}

func (t *Tour) scene() scene { return t.scenes[t.at] }

func (t *Tour) last() bool { return t.at == len(t.scenes)-1 }

func (t *Tour) enter(s stage, now time.Time) { t.stage, t.since = s, now }

func (t *Tour) open(at int) {
	t.at, t.stage, t.queue, t.err, t.skipped = at, opening, nil, nil, false
}

// begin opens a scene: what it does is worked out from the chain as it is.
func (t *Tour) begin(v View) Order {
	s := t.scene()
	if s.clean.Release > 0 {
		t.queue = s.clean.Undo(v.Snap, t.unsure...)
	}
	t.queue = append(t.queue, s.acts...)
	t.enter(acting, v.Now)
	return Order{Show: &Show{Link: s.link}}
}

// act asks for the next act, or goes on when there is none.
func (t *Tour) act(v View) (Order, bool) {
	switch {
	case t.running:
		stop := !t.cut && (t.leaving || v.Now.Sub(t.since) >= actLimit)
		t.cut = t.cut || stop
		return Order{Stop: stop}, true
	case len(t.queue) > 0:
		return Order{Act: &t.queue[0]}, true
	}
	t.polls = v.Polls
	t.enter(waiting, v.Now)
	if id := t.trace; id != "" {
		t.trace = ""
		return Order{Show: &Show{id, t.scene().link}}, true
	}
	return Order{}, false
}
