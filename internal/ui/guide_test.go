package ui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// led is a dashboard that gives a tour of an example that follows it.
type led struct {
	*uitest.Screen
	tour   *tour.Tour
	living *example.Living
	now    time.Time
}

func lead(t *testing.T, auto bool) *led {
	t.Helper()
	l := &led{living: example.NewLiving(6), now: example.Now}
	begin, err := tour.Of(l.living.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	l.tour = tour.New(begin, auto)
	l.Screen = uitest.Start(t, 80, 24, l.options()).Version(1)
	return l
}

func (l *led) options() ui.Options {
	o := options(example.Healthy, 6)
	o.Open, o.Actions, o.Tour = l.living.Open, l.living.Actions(), l.tour
	return o
}

// seconds lets some pass: with each the traffic is asked for.
func (l *led) seconds(n int) *led {
	for range n {
		l.now = l.now.Add(time.Second)
		l.Tick(l.now)
	}
	return l
}

// next goes on, and waits for the snapshot after so many changes since the beginning.
func (l *led) next(changes uint64) *led {
	l.Enter().Version(1 + changes)
	return l
}

func TestTour(t *testing.T) {
	l := lead(t, false)
	l.See("tour 1/6  A healthy request", "all 6 links", "▾ chain-link-0", "enter next", "Q leave")
	l.next(1).See("tour 2/6  A slow link", "waiting to see it, 0 s", "fault +150 ms")
	l.seconds(1).See("▲ slow at link 2", "this page and the header say")
	l.next(1).See("Whose time it is", "◀ 151 ms own", "latency=150ms")
	l.next(3).seconds(1).See("tour 3/6  An error", "errors at link 4", "○ idle")
	l.next(3).See("✗ 503 began here", "it was never called").NotSee("chain-link-5")
	l.next(4).seconds(2).See("tour 4/6", "6 links ready", "from 6 to 8 links")
	l.next(5).seconds(2).See("8 links ready", "Of 10 requests meanwhile none failed")
	l.next(6).See("tour 5/6  A bad image", "ImagePullBackOff", "1/1")
	l.next(7).seconds(2).See("Its rollback", "6 links ready", "One rollback to release 3")
	l.next(7).See("tour 6/6", "enter end the tour").NotSee("Q leave")
	l.next(7).See("6 links ready").NotSee("tour")
	want := []string{
		"chaintui fault 2 --latency 150ms", "chaintui fault 2 --clear", "chaintui fault 4 --error-rate 1 --status 503", "chaintui fault 4 --clear",
		"chaintui resize 8", "chaintui image --chain-link-image chaintui/link:no-such-image --links 2", "chaintui rollback --to 3",
	}
	if diff := cmp.Diff(want, l.living.Did); diff != "" || !l.tour.Over() {
		t.Error(diff)
	}
	l.Press("q")
	if err := l.Ended(); err != nil || !l.tour.Over() {
		t.Error(err)
	}
}

func TestTheTourIsLeftByKeyAndByMouse(t *testing.T) {
	l := lead(t, false)
	l.next(1).See("waiting to see it")
	l.Press("Q").Version(3).See("The chain is as it was")
	l.Click("enter end the tour").NotSee("tour")
	l.Press("enter").See("2 Pods") // the key is the page's again
	if !l.tour.Over() || len(l.tour.Began.Undo(l.living.Snapshot())) > 0 {
		t.Errorf("%v", l.living.Did)
	}
}

func TestTheTourKeepsTheDashboardWhereItIs(t *testing.T) {
	lead(t, false).Press(":").Type("change context").Enter().See("leave the tour first").Esc().
		Press("T").See("Change theme").Enter().See("tour 1/6").
		Press("?").See("Keys on Traces").Enter().See("tour 1/6") // dialogs come first
}

// Quitting in the middle leaves a tour that knows what to undo, whatever was under way.
func TestQuittingInTheMiddleOfAnAct(t *testing.T) {
	l := &led{living: example.NewLiving(6), now: example.Now}
	l.living.Hold = make(chan struct{}) // never closed: the fault hangs
	begin, err := tour.Of(l.living.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	l.tour = tour.New(begin, false)
	l.Screen = uitest.Start(t, 80, 24, l.options()).Version(1)
	l.See("1/6").Enter().Await(soon, "Inject a fault: waiting for link 3")
	l.Send(tea.KeyPressMsg{Code: 'q', Text: "q"})
	if err := l.Ended(); err != nil || l.tour.Over() {
		t.Errorf("%v, over: %v", err, l.tour.Over())
	}
	if len(l.living.Did) > 0 {
		t.Errorf("did %v after its end", l.living.Did)
	}
}

func TestAutoTourEndsByItself(t *testing.T) {
	l := lead(t, true)
	for n := 0; n < 400 && l.Running(); n++ {
		l.seconds(1)
	}
	if err := l.Ended(); err != nil || !l.tour.Over() || l.tour.Err() != nil {
		t.Errorf("%v, %v", err, l.tour.Err())
	}
	if !slices.ContainsFunc(l.living.Did, func(s string) bool { return strings.Contains(s, "rollback") }) {
		t.Errorf("did %v", l.living.Did)
	}
}
