//go:build e2e

package main

import (
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// How long a cluster may take: soon is for what it answers at once, starting for what has to start pods.
const (
	soon     = 20 * time.Second
	starting = 2 * time.Minute
)

// dashboard is the dashboard on the rig's namespace, on an emulated terminal.
func (r *rig) dashboard(w, h int) *uitest.Screen {
	r.t.Helper()
	return uitest.Start(r.t, w, h, r.shown())
}

// shown are the options of a dashboard on the rig's namespace.
func (r *rig) shown() ui.Options {
	r.t.Helper()
	c, err := config.Resolve(config.Flags{}, r.environ)
	if err != nil {
		r.t.Fatal(err)
	}
	var d dashboard
	options := d.session(c, &aside{log: io.Discard, notices: make(chan string, 16)})
	return ui.Options{
		Open: options.Open, Places: session.Places{Options: options}, Actions: action.All(), Namespace: c.Text("namespace"), Theme: "dark",
	}
}

// A newcomer deploys a chain, grows it, makes a link slow, finds it in a trace, and takes it all back: by keys, and by
// the mouse where there is something to click.
func TestTheDashboardFromDeployToDelete(t *testing.T) {
	s := newRig(t).dashboard(120, 40)
	s.Await(soon, "Press D to deploy a chain").
		Press("D").See("Deploy the chain").Type("3").Press("tab", "tab").Type("5").
		Enter().Await(soon, "enter deploy").See("new").
		Enter().Await(starting, "undo: chaintui delete").
		Enter().Await(soon, "3 links ready").Await(soon, "5.0 req/s")
	s.Click("r resize").See("Resize the chain").Type("4").Click("enter show what changes").Await(soon, "enter resize").
		See("no request is lost").Press("v").See("services.json").Esc().
		Click("enter resize").Await(starting, "undo: chaintui resize 3").
		Click("enter ok").Await(soon, "4 links ready")
	s.Press("f").See("Inject a fault").Type("1").Press("tab").Type("150ms").
		Enter().Await(soon, "undo: chaintui fault 1 --clear").
		Enter().Await(starting, "▲ slow at link 1").
		Press("R").Await(soon, "ms of its own").Press("down").Await(soon, "latency=150ms")
	s.Press("1", "c").See("Clear faults").Type("1").Enter().Await(soon, "undo: chaintui fault 1 --latency 150ms").
		Enter().Await(starting, "● 4 links ready")
	s.Press("2").See("Running").Press("3").See("get /").Press("4").See("ScalingReplicaSet").Press("5").Await(soon, "following")
	s.Press("1", "X").Await(soon, "enter delete").Enter().Await(starting, "Nothing is deployed")
}

// An API server that goes, or hangs, is a state on screen: the dashboard says so, and goes on by itself.
func TestTheDashboardOutlivesTheAPIServer(t *testing.T) {
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "2")
	s := r.dashboard(100, 30).Await(soon, "● live")
	before := 0
	outages := []struct{ stop, start string }{{"stop", "start"}, {"pause", "unpause"}, {"stop", "start"}}
	if n, _ := strconv.Atoi(os.Getenv("CHAINTUI_E2E_OUTAGES")); n > 0 { // more of them, for a figure
		outages = slices.Repeat(outages[:2], (n+1)/2)
	}
	for round, gone := range outages {
		kubetest.Launcher(t, gone.stop, "kube-apiserver")
		began := time.Now()
		s.Await(soon, "stale since")
		stale := time.Since(began)
		s.Press("2").See("Running").Press("1")
		kubetest.Launcher(t, gone.start, "kube-apiserver")
		began = time.Now()
		s.Await(starting, "● live")
		t.Logf("%s: stale after %.1f s, live again %.1f s after %s", gone.stop, stale.Seconds(), time.Since(began).Seconds(), gone.start)
		switch n := runtime.NumGoroutine(); {
		case round == 0:
			before = n
		case n > before+20: // connections of the last round may still be closing
			t.Errorf("%d goroutines after round %d, %d after the first", n, round, before)
		}
	}
}
