package main

import (
	"context"

	"github.com/chaintui/chaintui/internal/validate"
)

// keep writes what explains a failure into a folder.
func (a *app) keep(ctx context.Context, dir string, cluster *cluster, r *validate.Result) {
	if err := validate.Keep(ctx, dir, cluster.Cluster, r); err != nil {
		a.say("artifacts: not all could be had: %v", err)
	}
	a.say("artifacts: %s", dir)
}
