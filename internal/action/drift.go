package action

import (
	"context"
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/kube/write"
)

// driftShown is how many objects a summary names.
const driftShown = 3

// drift compares the cluster with the newest release, and names who edited what since.
func drift(ctx context.Context, d Deps, _ Args, report func(Progress)) (Result, error) {
	report(Progress{Step: "comparing the cluster with the newest release"})
	found, err := d.Writer(func(write.Event) {}).Drift(ctx)
	return Result{Summary: driftSummary(found)}, err
}

func driftSummary(found []write.Drift) string {
	if len(found) == 0 {
		return "no drift: the cluster is what the newest release says"
	}
	names := make([]string, 0, driftShown+1)
	for i, d := range found {
		if i == driftShown {
			names = append(names, fmt.Sprintf("and %d more", len(found)-i))
			break
		}
		names = append(names, d.String())
	}
	return "drift: " + strings.Join(names, "; ")
}
