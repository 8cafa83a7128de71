package example

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/chaintui/chaintui/internal/action"
)

// Actions look like the registry's, and change nothing.
func Actions() []action.Action {
	current := func(s action.Scene) string { return strconv.Itoa(len(s.Snapshot.Links)) }
	deployed := func(s action.Scene) string {
		if len(s.Snapshot.Links) == 0 {
			return "nothing is deployed"
		}
		return ""
	}
	link := action.Param{Name: "link", Label: "Link", Kind: action.Link, Help: "index or name"}
	change := func(id, key, title, help string, guard func(action.Scene) string, params ...action.Param) action.Action {
		return action.Action{ID: id, Key: key, Title: title, Help: help, Mutates: true, Asks: true, Params: params, Guard: guard, Plan: plan(id), Run: run(id)}
	}
	return []action.Action{
		change("deploy", "D", "Deploy a chain", "Creates the chain's objects, or brings them up to date.", nil,
			action.Param{Name: "instances", Label: "Links", Kind: action.Integer, Default: func(action.Scene) string { return "3" }, Help: "how many"},
			action.Param{Name: "chain-link-image", Label: "Image", Default: func(action.Scene) string { return "chaintui/link:v1.4.0" }, Help: "of the links"}),
		change("resize", "r", "Resize the chain", "Adds links at the tail, or takes them away.", deployed,
			action.Param{Name: "links", Label: "Links", Kind: action.Integer, Default: current, Help: "how many; + and - step"}),
		change("redeploy", "R", "Redeploy links", "Replaces the pods of a link, or of all.", deployed,
			action.Param{Name: "links", Label: "Links", Kind: action.Links, Help: "indexes, separated by spaces; empty for all"}),
		change("fault", "F", "Fault on a link", "Makes a link slow or failing on purpose, live in a second.", deployed, link,
			action.Param{Name: "latency", Label: "Added latency", Kind: action.Duration, Help: "such as 150ms"},
			action.Param{Name: "errors", Label: "Error rate", Kind: action.Percent, Help: "such as 30%"},
			action.Param{Name: "status", Label: "Status code", Kind: action.Integer, Default: func(action.Scene) string { return "500" }, Help: "400 to 599"}),
		change("load", "L", "Load rate", "Changes how many requests per second the load generator sends.", deployed,
			action.Param{Name: "rate", Label: "Requests per second", Kind: action.Number, Help: "0 pauses"}),
		{ID: "request", Key: "o", Title: "One request", Help: "Sends one request now and opens its trace.", Pages: []string{"chain"}, Guard: deployed, Run: run("request")},
		change("rollback", "", "Roll back to a release", "Brings an older release back.", func(action.Scene) string { return "there is only one release" }),
		change("delete", "X", "Delete the chain", "Removes everything that belongs to the chain.", deployed),
		{ID: "delete-pod", Key: "x", Title: "Delete the pod", Help: "Its ReplicaSet makes a new one.", Pages: []string{"pods"}, Mutates: true, Asks: true, Plan: plan("delete-pod"), Run: run("delete-pod"),
			Params: []action.Param{{Name: "pod", Label: "Pod", Kind: action.Text}}},
	}
}

func plan(id string) func(context.Context, action.Deps, action.Args) (action.Plan, error) {
	return func(_ context.Context, _ action.Deps, args action.Args) (action.Plan, error) {
		switch id {
		case "resize":
			return action.Plan{Title: "resize to " + args["links"] + " links", Diff: diff, Lines: []action.PlanLine{
				{Label: "new", Text: "2 Deployments, 2 Services"},
				{Label: "changed", Text: "ConfigMap chain-link-services"},
				{Label: "untouched", Text: "all running pods; no request is lost"},
			}}, nil
		case "redeploy":
			return action.Plan{Title: "replace pods", Restart: []int{0, 1, 2}, Diff: diff, Lines: []action.PlanLine{{Label: "changed", Text: "3 Deployments"}}}, nil
		case "fault":
			if args["latency"] == "" && args["errors"] == "" {
				return action.Plan{}, fmt.Errorf("give a latency or an error rate")
			}
		}
		return action.Plan{Title: id, Diff: diff, Lines: []action.PlanLine{{Label: "changed", Text: "ConfigMap chain-link-services"}}}, nil
	}
}

func run(id string) func(context.Context, action.Deps, action.Args, func(action.Progress)) (action.Result, error) {
	return func(ctx context.Context, _ action.Deps, args action.Args, report func(action.Progress)) (action.Result, error) {
		for i := range 4 {
			report(action.Progress{Step: fmt.Sprintf("waiting for link %d", i), Done: i, Total: 4, Message: fmt.Sprintf("applied Deployment chain-link-deployment-%d", i)})
			if Pause > 0 {
				select {
				case <-time.After(Pause):
				case <-ctx.Done():
					return action.Result{}, ctx.Err()
				}
			}
		}
		switch id {
		case "request":
			return action.Result{Summary: "200 in 11.2 ms", Trace: ""}, nil
		case "resize":
			return action.Result{Summary: "the chain has " + args["links"] + " links, all ready", Undo: "chaintui resize 6"}, nil
		}
		return action.Result{Summary: id + " done", Undo: "chaintui rollback 3"}, nil
	}
}

// Pause is how long each step of an example's action takes. Tests leave it at 0.
var Pause time.Duration

const diff = `--- live/ConfigMap/chain-link-services
+++ next/ConfigMap/chain-link-services
@@ -3,4 +3,4 @@
 data:
-  services.json: '["chain-link-service-0","chain-link-service-1","chain-link-service-2"]'
+  services.json: '["chain-link-service-0","chain-link-service-1","chain-link-service-2","chain-link-service-3"]'
 kind: ConfigMap
`
