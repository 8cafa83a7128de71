package ui_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// An action that was hidden goes on whatever else is done; nothing that would cut it off is done by one key.
func TestAHiddenActionGoesOn(t *testing.T) {
	living := example.NewLiving(6)
	living.Hold = make(chan struct{})
	o := options(example.Healthy, 6)
	o.Open, o.Actions = living.Open, living.Actions()
	s := uitest.Start(t, 100, 30, o).Version(1)
	s.Press("f").See("Inject a fault").Type("2").Press("tab").Type("150ms")
	s.PressNow("enter").Await(soon, "hide, it goes on").Await(soon, "waiting for link 3")
	s.PressNow("esc").Await(soon, "b shows it")
	s.PressNow("R").Await(soon, "spans in").PressNow("1").Await(soon, "link 0 ─")
	s.PressNow("r").Await(soon, "waiting for: Inject a fault").PressNow("I").Await(soon, "Log in: waiting for")
	s.PressNow("q").Await(soon, "once more to stop it and quit")
	s.PressNow("b").Await(soon, "x stop")
	close(living.Hold)
	s.See("fault is done").Enter().Press("b").See("nothing is under way").Tick(example.Now.Add(time.Minute)).NotSee("under way", "b shows it")
}

// Where there is no plan there is nothing to say yes to.
func TestNothingIsDoneWithoutAPlan(t *testing.T) {
	o, ran := options(example.Healthy, 6), false
	for i := range o.Actions {
		if a := &o.Actions[i]; a.ID == "delete" {
			a.Plan = func(context.Context, action.Deps, action.Args) (action.Plan, error) {
				return action.Plan{}, errors.New("the API server hiccups")
			}
			a.Run = func(context.Context, action.Deps, action.Args, func(action.Progress)) (action.Result, error) {
				ran = true
				return action.Result{}, nil
			}
		}
	}
	s := uitest.Start(t, 100, 30, o).Version(1)
	if s.Press("X").See("hiccups").Enter().NotSee("hiccups"); ran {
		t.Error("it ran")
	}
}

func TestATraceThatDoesNotArriveLetsGo(t *testing.T) {
	o := options(example.Healthy, 6)
	o.Trace = "00000000deadbeef"
	s := uitest.Start(t, 100, 30, o).Version(1).See("no span of this trace has arrived")
	s.Press("4").See("ScalingReplicaSet").Press("tab").Await(soon, "following").Press("shift+tab").See("ScalingReplicaSet")
	s.Press("3").See("00000000deadbeef").Esc().NotSee("deadbeef").Press("q")
	if err := s.Ended(); err != nil {
		t.Error(err)
	}
}

// Lines come on a page that was there before its session, and from the session that takes its place.
func TestLogsFollowTheSession(t *testing.T) {
	o := options(example.Healthy, 6)
	o.Page = "logs"
	s := uitest.Start(t, 100, 30, o).Version(1).Await(soon, "INFO").NotSee("namespace=")
	s.Press(":").Type("namespace").Enter().Type("def").Enter().Settle().Await(soon, "namespace=default")
}

// A paused list can be filtered; what is marked there is compared with.
func TestAPausedListAndAMarkedTrace(t *testing.T) {
	s := start(t, example.Errors)
	s.Press("3", "p").See("paused").Press("e").See("only errors").NotSee("● ok").Press("e").See("● ok")
	s.Press("m").See("vs ").Press("down").Enter().Press("m").See("the other trace", "slower than the other").NotSee("median")
}

// What was stopped says so in words; the line of a hidden action brings it back by a click.
func TestAnActionIsStopped(t *testing.T) {
	living := example.NewLiving(6)
	living.Hold = make(chan struct{})
	o := options(example.Healthy, 6)
	o.Open, o.Actions = living.Open, living.Actions()
	for i := range o.Actions {
		if a := &o.Actions[i]; a.ID == "validate" {
			a.Run = func(ctx context.Context, _ action.Deps, _ action.Args, report func(action.Progress)) (action.Result, error) {
				report(action.Progress{Step: "sending a request"})
				<-ctx.Done()
				return action.Result{}, ctx.Err()
			}
		}
	}
	s := uitest.Start(t, 100, 30, o).Version(1)
	s.Press("V").Await(soon, "sending a request").PressNow("x").Await(soon, "Validate the chain: stopped before it was done").Tick(example.Now.Add(time.Minute))
	s.Press("f").See("Inject a fault").Type("2").Press("tab").Type("150ms")
	s.PressNow("enter").Await(soon, "waiting for link 3").PressNow("esc").Await(soon, "b shows it")
	s.ClickNow("b shows it").Await(soon, "x stop").PressNow("x").Await(soon, "stopped half way").PressNow("enter").NotSee("half way")
}
