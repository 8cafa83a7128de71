package tour

import (
	"errors"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traffic"
)

// led is a tour with a chain that does what the tour wants.
type led struct {
	t     *testing.T
	tour  *Tour
	view  View
	did   []string
	shown []string
	fails map[string]error // by action
	quit  bool
	ids   int
}

func lead(t *testing.T, s *state.Snapshot, auto bool) *led {
	t.Helper()
	l := &led{t: t, tour: New(begin(t, s), auto), fails: map[string]error{}}
	l.view = View{Now: time.Unix(1_800_000_000, 0), Snap: s, Traffic: &traffic.Traffic{}}
	return l
}

// settle does what the tour asks for until it waits for time, traffic or a key.
func (l *led) settle() *led {
	l.t.Helper()
	for range 100 {
		switch o := l.tour.Next(l.view); {
		case o.Show != nil && o.Show.Trace != "":
			l.shown = append(l.shown, o.Show.Trace)
		case o.Show != nil:
			l.shown = append(l.shown, "chain "+strconv.Itoa(o.Show.Link))
		case o.Act != nil:
			l.tour.Started(l.view.Now)
			l.run(*o.Act)
		default:
			l.quit = o.Quit
			return l
		}
	}
	l.t.Fatal("the tour never waits")
	return l
}

func (l *led) run(a Act) {
	var result action.Result
	err := l.fails[a.ID]
	if a.ID == "request" {
		l.ids++
		result.Trace = "trace " + strconv.Itoa(l.ids)
		l.did = append(l.did, "request")
	} else {
		l.did = append(l.did, a.Command())
		if err == nil {
			l.change(a)
		}
	}
	l.tour.Ran(result, err, l.view.Now)
}

// change makes the chain of the next snapshot.
func (l *led) change(a Act) {
	s := *l.view.Snap
	spec := s.Releases[0].Spec.Clone()
	n, _ := strconv.Atoi(a.Args["instances"] + a.Args["to"])
	switch a.ID {
	case "fault":
		s.Live.Faults = maps.Clone(s.Live.Faults)
		if s.Live.Faults == nil {
			s.Live.Faults = chain.Faults{}
		}
		for _, link := range strings.Fields(a.Args["links"]) {
			i, _ := strconv.Atoi(link)
			latency, _ := time.ParseDuration(a.Args["latency"])
			rate, _ := strconv.ParseFloat(a.Args["error-rate"], 64)
			status, _ := strconv.Atoi(a.Args["status"])
			s.Live.Faults[chain.ServiceName(i)] = chain.Fault{Latency: chain.Duration(latency), ErrorRate: rate, Status: status}
		}
	case "load":
		rate, _ := strconv.ParseFloat(a.Args["rate"], 64)
		s.Live.Load = &chain.Load{Rate: rate}
	case "resize":
		spec.Resize(n)
	case "image":
		i, _ := strconv.Atoi(a.Args["links"])
		spec.Links[i].Image = a.Args["chain-link-image"]
	case "rollback":
		for _, r := range s.Releases {
			if r.Number == n {
				spec = r.Spec.Clone()
			}
		}
	}
	if a.kind() == "rollback" {
		s.Releases = append([]chain.Release{{Number: s.Releases[0].Number + 1, Spec: spec, Outcome: chain.Healthy}}, s.Releases...)
	}
	l.view.Snap = at(&s)
}

// poll brings traffic that is as the faults make it.
func (l *led) poll() *led {
	t := &traffic.Traffic{Links: map[string]traffic.Link{}, Load: &chain.LoadState{Load: chain.Load{Rate: 5}}}
	if l.view.Traffic.Load != nil {
		t.Load.Total = l.view.Traffic.Load.Total
	}
	t.Load.Total.Sent += 10
	failing := false
	for i, name := range l.view.Snap.Live.Order {
		f := l.view.Snap.Live.Faults[name]
		t.Links[name] = traffic.Link{Slow: f.Latency > 0, Origin: f.ErrorRate == 1 && !failing, Idle: failing}
		if f.ErrorRate == 1 && i > 0 {
			failing = true
			t.Load.Total.Failed += 10
		}
	}
	l.view.Traffic = t
	l.view.Polls++
	return l.settle()
}

func (l *led) forward() *led {
	l.t.Helper()
	l.tour.Forward(l.view)
	return l.settle()
}

func (l *led) says(parts ...string) *led {
	l.t.Helper()
	c := l.tour.Caption(l.view)
	for _, part := range parts {
		if !strings.Contains(c.Step+" "+c.Title+": "+c.Text+" ["+c.Status+"] "+c.Next, part) {
			l.t.Fatalf("%+v; want %q", c, part)
		}
	}
	return l
}

func (l *led) over() {
	l.t.Helper()
	if !l.tour.Over() {
		l.t.Fatalf("the tour is not over: %+v", l.tour.Caption(l.view))
	}
	if left := l.tour.Began.Undo(l.view.Snap); len(left) > 0 {
		l.t.Errorf("left: %v", commands(left))
	}
}

func TestWholeTour(t *testing.T) {
	l := lead(t, found(6), false)
	l.poll().says("1/6 A healthy request", "all 6 links", "] next")
	l.forward().says("2/6 A slow link", "waiting to see it, 0 s", "skip")
	l.poll().says("Link 2 takes 150ms longer: this page")
	l.forward().says("2/6 Whose time it is", "above link 2")
	l.forward().poll().says("3/6 An error", "Link 4 answers every request with 503, and is marked", "Nothing reaches link 5")
	l.forward().says("no span of link 5")
	l.forward().poll().says("waiting") // the first answer may be older than the change
	l.poll().says("4/6", "from 6 to 8 links under 5 requests a second", "10 failed")
	l.forward().poll().poll().says("8 links", "Of 20 requests meanwhile none failed")
	l.forward().says("5/6 A bad image", "link 2 can't start (ImagePullBackOff)")
	l.forward().poll().poll().says("5/6 Its rollback", "rollback to release 3", "none failed")
	l.forward().says("6/6", "R request, f fault, r resize, i image, u roll back", "end the tour")
	l.forward().over()
	want := []string{
		"request",
		"chaintui fault 2 --latency 150ms", "request",
		"chaintui fault 2 --clear", "chaintui fault 4 --error-rate 1 --status 503", "request",
		"chaintui fault 4 --clear", "chaintui resize 8",
		"chaintui image --chain-link-image registry:5000/link:no-such-image --links 2", "chaintui rollback --to 3",
	}
	if diff := cmp.Diff(want, l.did); diff != "" {
		t.Error(diff)
	}
	shown := []string{"chain -1", "trace 1", "chain 2", "chain 2", "trace 2", "chain 4", "chain 4", "trace 3", "chain 5", "chain 6", "chain 2", "chain 2", "chain -1"}
	if diff := cmp.Diff(shown, l.shown); diff != "" {
		t.Error(diff)
	}
	if o := l.tour.Next(l.view); o != (Order{}) {
		t.Errorf("asks for %+v after its end", o)
	}
}

// Faults in force and a load at rest would spoil the tour: they are changed for its time.
func TestTheChainIsCalmedAndPutBack(t *testing.T) {
	s := found(2)
	f := chain.Fault{Latency: chain.Duration(time.Second)}
	s.Live = chain.Live{Faults: chain.Faults{chain.ServiceName(0): f}, Load: &chain.Load{Rate: 0}}
	l := lead(t, at(s), false)
	l.settle()
	if diff := cmp.Diff([]string{"chaintui fault 0 --clear", "chaintui load 5", "request"}, l.did); diff != "" {
		t.Error(diff)
	}
	l.tour.Leave()
	l.did = nil
	l.settle().says("6/6").forward().over()
	if diff := cmp.Diff([]string{"chaintui fault 0 --latency 1s", "chaintui load 0"}, l.did); diff != "" {
		t.Error(diff)
	}
}

// Wherever it is left, and also when it is cut off in the middle of an act, everything is undone.
func TestLeavingUndoesEverything(t *testing.T) {
	for scenes := range 10 {
		l := lead(t, found(6), false)
		l.poll()
		for range scenes {
			l.forward().poll().poll()
		}
		l.tour.Leave()
		l.settle().says("6/6", "end the tour").forward().over()
	}
}

func TestAnActThatWasCutOffIsTakenBackUnseen(t *testing.T) {
	l := lead(t, found(6), false)
	l.settle()
	l.tour.Forward(l.view)
	if o := l.tour.Next(l.view); o.Show == nil {
		t.Fatalf("%+v; want the Chain page", o)
	}
	o := l.tour.Next(l.view)
	if o.Act == nil || o.Act.ID != "fault" {
		t.Fatalf("%+v; want the fault", o)
	}
	l.tour.Started(l.view.Now)
	l.tour.Leave()
	if o := l.tour.Next(l.view); !o.Stop {
		t.Fatalf("%+v; want it cut off", o)
	}
	if o := l.tour.Next(l.view); o != (Order{}) {
		t.Fatalf("%+v; want it cut off once", o)
	}
	l.tour.Ran(action.Result{}, errors.New("cut off"), l.view.Now)
	l.did = nil
	l.settle().says("6/6") // the snapshot shows no fault
	if diff := cmp.Diff([]string{"chaintui fault 0 1 2 3 4 5 --clear"}, l.did); diff != "" {
		t.Error(diff)
	}
	l.forward().over()
}

func TestFailuresAreSaidAndGoneOnFrom(t *testing.T) {
	l := lead(t, found(6), false)
	l.fails["fault"] = errors.New("no quorum")
	l.settle().forward().says("no quorum", "go on without it")
	l.forward().says("Whose time it is")
	l.tour.Leave()
	l.settle().says("6/6", "no quorum", "try again")
	delete(l.fails, "fault")
	l.forward().says("The chain is as it was").forward().over()
}

func TestAutoNeedsNoKeys(t *testing.T) {
	l := lead(t, found(6), true)
	seconds := 0
	for ; !l.quit && seconds < 1000; seconds++ {
		l.view.Now = l.view.Now.Add(time.Second)
		l.poll()
	}
	l.over()
	if l.tour.Err() != nil || seconds < 60 || seconds > 240 {
		t.Errorf("%d s, %v; want a tour of two or three minutes", seconds, l.tour.Err())
	}
}

func TestAutoEndsOnAFailureWithEverythingUndone(t *testing.T) {
	l := lead(t, found(6), true)
	l.fails["resize"] = errors.New("no room")
	for range 1000 {
		l.view.Now = l.view.Now.Add(time.Second)
		if l.poll(); l.quit {
			break
		}
	}
	l.over()
	if err := l.tour.Err(); err == nil || err.Error() != "the tour stopped at step 4, growing under load: no room" {
		t.Errorf("%v", err)
	}
}

// What is worked out from a snapshot must not be worked out before the snapshot shows what was done last.
func TestTheNextActWaitsForTheSnapshot(t *testing.T) {
	s := found(3)
	s.Live = chain.Live{Faults: chain.Faults{chain.ServiceName(0): {Latency: 1}}, Load: &chain.Load{}}
	l := lead(t, at(s), false)
	l.tour.Next(l.view)
	if o := l.tour.Next(l.view); o.Act == nil || o.Act.ID != "fault" {
		t.Fatalf("%+v; want the fault cleared", o)
	}
	l.tour.Started(l.view.Now)
	l.tour.Ran(action.Result{}, nil, l.view.Now)
	if o := l.tour.Next(l.view); o != (Order{}) {
		t.Errorf("%+v; want to wait for the snapshot", o)
	}
	l.view.Now = l.view.Now.Add(showLimit) // the API server is gone: not forever
	if o := l.tour.Next(l.view); o.Act == nil || o.Act.ID != "load" {
		t.Errorf("%+v; want the load", o)
	}
}

// Counts that were read before the fault was cleared would blame the resize for its errors.
func TestNoCountsWithoutTheWaitForThem(t *testing.T) {
	l := lead(t, found(6), false)
	l.poll()
	for range 5 {
		l.forward().poll()
	}
	l.says("4/6", "waiting").forward().forward().poll().poll().says("8 links")
	if text := l.tour.Caption(l.view).Text; strings.Contains(text, "failed") {
		t.Error(text)
	}
}

// What is never seen is not waited for forever, and an act that never ends is cut off.
func TestWaitsAreBounded(t *testing.T) {
	l := lead(t, found(6), false)
	l.settle().forward().says("waiting")
	l.view.Now = l.view.Now.Add(waitLimit)
	l.settle().says("That shows with the newest traces", "next")
	l.tour.Forward(l.view)
	l.tour.Next(l.view)
	l.tour.Next(l.view)
	l.tour.Started(l.view.Now)
	l.view.Now = l.view.Now.Add(actLimit)
	if o := l.tour.Next(l.view); !o.Stop {
		t.Errorf("%+v; want it cut off", o)
	}
}

// The band has two lines of 78 cells for a caption on the smallest screen.
func TestCaptionsFit(t *testing.T) {
	for _, n := range []int{2, 3, 6, 40, 998} {
		for _, loaded := range []bool{true, false} {
			b := begin(t, found(n))
			b.Loaded, b.Release = loaded, 1234
			tour := New(b, false)
			started := time.Unix(0, 0)
			load := func(sent, failed uint64) *chain.LoadState {
				return &chain.LoadState{Started: started, Load: chain.Load{Rate: 100_000}, Total: chain.LoadStats{Sent: sent, Failed: failed}}
			}
			tour.before = load(0, 0)
			for _, flows := range []traffic.Link{{}, {Slow: true, Origin: true}} {
				v := View{Snap: found(n), Traffic: &traffic.Traffic{Load: load(1_234_567, 0), Links: map[string]traffic.Link{}}}
				for i := range v.Snap.Links {
					v.Snap.Links[i].Reason = "ImagePullBackOff"
					v.Traffic.Links[v.Snap.Links[i].Service] = flows
				}
				for _, s := range tour.scenes {
					for _, text := range []string{s.does, s.say(tour, v)} {
						if lines(text, 78) > 2 {
							t.Errorf("%d links, load %v: more than two lines: %s", n, loaded, text)
						}
					}
				}
			}
		}
	}
}

func lines(text string, width int) int {
	n, x := 1, 0
	for _, word := range strings.Fields(text) {
		if x > 0 && x+1+len([]rune(word)) > width {
			n, x = n+1, 0
		}
		if x > 0 {
			x++
		}
		x += len([]rune(word))
	}
	return n
}
