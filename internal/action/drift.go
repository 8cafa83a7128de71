package action

import (
	"context"
	"fmt"

	"github.com/chaintui/chaintui/internal/kube/write"
)

// drift compares the cluster with the newest release, and names who edited what since.
func drift(ctx context.Context, d Deps, _ Args, report func(Progress)) (Result, error) {
	report(Progress{Step: "comparing the cluster with the newest release"})
	found, unseen, err := d.Writer(func(write.Event) {}).Drift(ctx)
	return driftResult(found, unseen), err
}

// driftResult tells the drift, and why there may be more.
func driftResult(found []write.Drift, unseen []string) Result {
	if len(found) == 0 {
		r := Result{Summary: "no drift: the cluster is what the newest release says", Details: unseen}
		if len(unseen) > 0 {
			r.Summary += ", as far as it can be seen"
		}
		return r
	}
	r := Result{Wrong: true, Summary: fmt.Sprintf("drift: %d objects are not what the newest release says", len(found))}
	if len(found) == 1 {
		r.Summary = "drift: an object is not what the newest release says"
	}
	for _, d := range found {
		r.Details = append(r.Details, d.String())
	}
	r.Details = append(r.Details, unseen...)
	return r
}
