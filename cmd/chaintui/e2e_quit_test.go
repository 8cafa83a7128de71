//go:build e2e

package main

import (
	"strings"
	"testing"
	"time"
)

// Quitting while something is being changed takes two keys, ends at once, and leaves a release that says so.
func TestQuittingCutsAnActionOff(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "2", "--no-load")
	p := sitDown(t, r.environ, "chaintui")
	p.sees("2 links ready").types("d").sees("Redeploy links").types("\r").sees("enter redeploy").types("\r").sees("hide, it goes on")
	p.types("\x1b").sees("b shows it").types("q").sees("once more to stop it and quit")
	began := time.Now()
	p.types("q").ends()
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v to end", took)
	}
	if out := r.exits(exitHealthy, "history"); !strings.Contains(out, "interrupted") {
		t.Errorf("history:\n%s", out)
	}
}
