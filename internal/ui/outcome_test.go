package ui_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// drifted starts a dashboard whose chain has drifted in so many objects, and asks for the drift.
func drifted(t *testing.T, w, h, objects int) *uitest.Screen {
	r := action.Result{Summary: fmt.Sprintf("drift: %d objects are not what the newest release says", objects), Wrong: true}
	for i := range objects {
		r.Details = append(r.Details, fmt.Sprintf(
			"deployment/chain-link-deployment-%d: spec.template.spec.containers[0].image is chaintui/link:v9, not chaintui/link:v1.4.0 (changed by kubectl-edit)", i))
	}
	o := options(example.Healthy, 6)
	for i := range o.Actions {
		if o.Actions[i].ID == "diff" {
			o.Actions[i].Run = func(context.Context, action.Deps, action.Args, func(action.Progress)) (action.Result, error) {
				return r, nil
			}
		}
	}
	return uitest.Start(t, w, h, o).Version(1).Press(":").Type("drift").Enter()
}

// What is not as it should be is not told with a green dot; in a list one sees where each begins, and text keeps away
// from the scrollbar.
func TestAnOutcomeWithAList(t *testing.T) {
	s := drifted(t, 80, 24, 2).See("▲ drift: 2 objects", "· deployment/chain-link-deployment-0", "· deployment/chain-link-deployment-1").NotSee("● drift", "scroll")
	uitest.Golden(t, "drift-80x24.txt", s.Text())
	s = drifted(t, 120, 40, 40)
	uitest.Golden(t, "drift-120x40.txt", s.Text())
	if touching := regexp.MustCompile(`[^ │]┃ │`).FindString(s.Text()); touching != "" {
		t.Errorf("text touches the scrollbar: %q", touching)
	}
	s.See("↑↓ scroll").NotSee("deployment-39").Press("end").See("· deployment/chain-link-deployment-39").
		Press("y").See("copied 41 lines").Esc().NotSee("Show drift ─")
}

// In a diff what goes is red, and what comes green, whatever the line begins with; text that goes on beyond the edge can
// be reached, and the keys for that are named.
func TestADiff(t *testing.T) {
	s := start(t, example.Healthy).Press("r").Type("8").Enter().Press("v").See("…", "↑↓←→ scroll")
	for _, line := range strings.Split(s.ANSI(), "\n") {
		for begin, ink := range map[string]string{"-  services.json": "38;2;255;127;135m", "+  services.json": "38;2;134;217;160m"} {
			if before, _, ok := strings.Cut(line, begin); ok && !strings.HasSuffix(before, ink) {
				t.Errorf("%q is drawn as %q", begin, before)
			}
		}
	}
	s.Press("right", "right", "right").See(`-service-2"`)
	start(t, example.Healthy).Press("2", "Y").See("kind: Pod", "↑↓ scroll").NotSee("←→")
}

// Where there is one field there is no next one.
func TestAFormOfOneField(t *testing.T) {
	s := start(t, example.Healthy).Press("L").See("Requests per second", "enter set   esc leave").Esc()
	s.Press("i").See("tab next field")
}

// The releases that can be gone back to are listed with what they were, and the one that is typed is marked.
func TestRollbackListsReleases(t *testing.T) {
	changed(t, 80, 24, func(s *state.Snapshot) {
		for i, what := range []string{"image of link 2 chaintui/link:v9", "resize 4 → 6", "deploy"} {
			s.Releases = append(s.Releases, chain.Release{
				Number: 3 - i, Action: what, Author: "dev", Time: example.Now.Add(-time.Duration(i+1) * time.Hour),
				Outcome: []chain.Outcome{chain.Healthy, chain.Unhealthy, chain.Healthy}[i],
			})
		}
	}, nil).
		Press("u").See("     3    1h  image of link 2 chaintui/link:v9 by dev", "now", "▸    2    2h  resize 4 → 6 by dev", "unhealthy").
		Press("-").See("▸    1    3h  deploy by dev").
		Enter().See("enter roll back")
}

// What others own is taken over by a key of its own: enter, which says yes to everything else, does nothing.
func TestAConflictIsTakenOverOnPurpose(t *testing.T) {
	forced := make(chan bool, 2)
	o := options(example.Healthy, 6)
	for i := range o.Actions {
		if o.Actions[i].ID != "redeploy" {
			continue
		}
		o.Actions[i].Plan = func(context.Context, action.Deps, action.Args) (action.Plan, error) {
			return action.Plan{Title: "redeploy 6 links", Diff: "-a\n+b\n", Refused: true, Lines: []action.PlanLine{
				{Label: "changed", Text: "6 Deployments"},
				{Label: "conflict", Text: `deployment/chain-link-deployment-2 is also managed by kubectl-edit: .spec.template.spec.containers[name="chain-link"].image`},
			}}, nil
		}
		o.Actions[i].Run = func(_ context.Context, d action.Deps, _ action.Args, _ func(action.Progress)) (action.Result, error) {
			forced <- d.Force
			return action.Result{Summary: "redeployed"}, nil
		}
	}
	s := uitest.Start(t, 80, 24, o).Version(1).Press("d").Enter().See("managed by kubectl-edit", "f take over and redeploy").NotSee("enter redeploy")
	uitest.Golden(t, "conflict-80x24.txt", s.Text())
	s.Enter().See("f take over").Press("f").See("● redeployed")
	if !<-forced {
		t.Error("the action did not take over")
	}
	if len(forced) > 0 {
		t.Error("enter started the action")
	}
}

// The answer to what was asked stays until it was read, however long the asking took.
func TestAnAnswerWaits(t *testing.T) {
	o := options(example.Healthy, 6)
	for i := range o.Actions {
		if o.Actions[i].ID == "validate" {
			o.Actions[i].Run = func(context.Context, action.Deps, action.Args, func(action.Progress)) (action.Result, error) {
				return action.Result{Summary: "the chain works"}, nil
			}
		}
	}
	uitest.Start(t, 80, 24, o).Version(1).Press("V").See("● the chain works").
		Tick(example.Now.Add(time.Minute)).See("● the chain works").Enter().NotSee("the chain works")
}
