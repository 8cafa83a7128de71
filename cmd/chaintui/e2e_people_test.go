//go:build e2e

package main

import (
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
)

// What somebody else has edited is named with who it was, taken over by a key of its own, and then nobody else's; what was
// done is undone where it is told.
func TestADashboardTakesOverAndUndoes(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "2")
	r.patch("deployment", chain.DeploymentName(1), `{"spec":{"revisionHistoryLimit":3}}`)
	s := r.dashboard(120, 40).Await(soon, "● 2 links ready")

	s.Press("s").Press("tab", "+").Enter().Await(soon, "f take over and scale").See("deployment-1 is also managed", "by kubectl-edit: .spec.revisionHistoryLimit")
	s.Enter().See("f take over and scale").Press("f").Await(starting, "enter ok").See("undo: chaintui rollback --to 1")
	s.Press("u").Await(soon, "enter roll back").NotSee("conflict").Enter().Await(starting, "undo: chaintui rollback --to 2").Enter()
	s.Await(soon, "● 2 links ready").NotSee("2/2")
}
