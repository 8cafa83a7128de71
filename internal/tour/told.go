package tour

import (
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/action"
)

// Started says that the act that was asked for runs.
func (t *Tour) Started(now time.Time) {
	t.running, t.cut = true, false
	t.enter(acting, now)
}

// Ran says what the act that was started came to.
func (t *Tour) Ran(result action.Result, err error, now time.Time) {
	t.running = false
	kind := t.queue[0].kind()
	t.unsure = without(t.unsure, kind)
	if err == nil {
		t.trace = result.Trace
		t.enter(showing, now)
		return
	}
	if kind != "" {
		t.unsure = append(t.unsure, kind)
	}
	t.queue = nil
	t.err = err
	t.enter(resting, now)
	if t.auto && t.failure == nil {
		t.failure = fmt.Errorf("the tour stopped at step %d, %s: %w", t.scene().step, strings.ToLower(t.scene().title), err)
	}
	if t.auto && !t.last() {
		t.leaving = true
	}
}

func without(list []string, text string) (rest []string) {
	for _, s := range list {
		if s != text {
			rest = append(rest, s)
		}
	}
	return rest
}

// Forward is the user's wish to go on: to the next scene, or past what is waited for. It does nothing while something is
// being done.
func (t *Tour) Forward(v View) {
	switch t.stage {
	case waiting:
		t.skipped = true
		t.enter(resting, v.Now)
	case resting:
		t.before = v.Traffic.Load
		if t.skipped {
			t.before = nil // counts from before the wait prove nothing
		}
		if t.err != nil && t.last() {
			t.open(t.at) // tries again to tidy up
			return
		}
		t.open(t.at + 1)
	case opening, acting, showing:
	}
}

// Leave is the user's wish to leave: everything is put back, and the tour is over.
func (t *Tour) Leave() {
	if !t.last() {
		t.leaving = true
	}
}
