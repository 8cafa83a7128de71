package example

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/action"
)

// Actions are the registry's, with plans and results that change nothing.
func Actions() []action.Action {
	all := action.All()
	for i := range all {
		if all[i].Asks {
			all[i].Plan = plan(all[i].ID)
		}
		all[i].Run = run(all[i].ID)
	}
	return all
}

func plan(id string) func(context.Context, action.Deps, action.Args) (action.Plan, error) {
	return func(_ context.Context, _ action.Deps, args action.Args) (action.Plan, error) {
		switch id {
		case "resize":
			if args["instances"] == "0" {
				return action.Plan{}, fmt.Errorf("0 links: a chain has 1 to 1000 (--instances)")
			}
			return action.Plan{Title: "resize to " + args["instances"] + " links", Diff: diff, Lines: []action.PlanLine{
				{Label: "new", Text: "2 Deployments, 2 Services"},
				{Label: "changed", Text: "ConfigMap chain-link-services"},
				{Label: "untouched", Text: "all running pods; no request is lost"},
			}}, nil
		case "redeploy":
			return action.Plan{Title: "replace the pods of 3 links", Diff: diff, Lines: []action.PlanLine{
				{Label: "changed", Text: "3 Deployments"}, {Label: "restarted", Text: "all links, one pod after the other"},
			}}, nil
		}
		return action.Plan{Title: strings.ToLower(id), Diff: diff, Lines: []action.PlanLine{{Label: "changed", Text: "ConfigMap chain-link-services"}}}, nil
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
			return action.Result{Summary: "200 in 11.2 ms", Trace: spans(Healthy, 6, 0)[0].TraceID}, nil
		case "resize":
			return action.Result{Summary: "the chain has " + args["instances"] + " links, all ready", Undo: "chaintui resize 6",
				UndoBy: &action.Step{ID: "resize", Args: action.Args{"instances": "6"}}}, nil
		case "port-forward":
			return action.Result{Summary: "forwarding to the head", Address: "http://127.0.0.1:41234"}, nil
		}
		return action.Result{Summary: id + " is done", Undo: "chaintui rollback 3"}, nil
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
