//go:build e2e

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// A run that has made a chain does not remove what another run has made of it meanwhile.
func TestACleanupSparesWhatAnotherHasMade(t *testing.T) {
	r := newRig(t)
	var out bytes.Buffer
	a := &app{out: &out, err: &out, environ: r.environ, flags: config.Flags{"instances": "1", "no-load": "true"}}
	var h headless
	plan, err := h.deployment.do(t.Context(), a)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	r.exits(exitHealthy, "scale", "0", "2")
	if err := h.clean(t.Context(), a, plan, nil); err != nil || !strings.Contains(out.String(), "cleanup: release 2 is ") {
		t.Errorf("%v\n%s", err, out.String())
	}
	r.exits(exitHealthy, "status")
	r.exits(exitHealthy, "validate")
}

// A failed run keeps the log of each container of a pod that has several, and of what it was before it crashed.
func TestAFailedRunKeepsTheLogsOfAllContainers(t *testing.T) {
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "2", "--no-load")
	const never = `"readinessProbe":{"tcpSocket":{"port":9}},"securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}`
	r.patch("deployment", chain.DeploymentName(1), fmt.Sprintf(`{"spec":{"template":{"spec":{"containers":[{"name":"beside","image":%q,"args":["no-such-command"],%s}]}}}}`,
		kubetest.Need(t, "CHAINTUI_E2E_IMAGE"), never))
	r.awaits("the container beside crashes", func(s *state.Snapshot) bool {
		return slices.ContainsFunc(s.Links[1].Pods, func(p state.Pod) bool {
			return slices.ContainsFunc(p.Containers, func(c state.Container) bool { return c.Name == "beside" && c.Restarts > 0 })
		})
	})
	dir := t.TempDir()
	r.exits(exitUnhealthy, "--headless", "--validate", "--grace", "1s", "--artifacts", dir)
	for _, ending := range []string{"." + chain.App + ".log", ".beside.previous.log"} {
		logs, err := filepath.Glob(filepath.Join(dir, chain.DeploymentName(1)+"-*"+ending))
		if err != nil || len(logs) != 1 {
			entries, _ := os.ReadDir(dir)
			t.Fatalf("logs *%s: %q, %v; there are %v", ending, logs, err, entries)
		}
		if text, err := os.ReadFile(logs[0]); err != nil || len(text) == 0 {
			t.Errorf("%s: %q, %v", logs[0], text, err)
		}
	}
}

// A shrink that was cut off once the shorter order was out is finished by the next deploy: a tail whose image can't load
// that while it runs, and still calls the link that leaves, is restarted before that goes.
func TestATailThatCantLoadTheOrderWhenAShrinkIsFinished(t *testing.T) {
	links := standIn(t)
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "3", "--chain-link-image", links)
	if result := r.cutShort("the links load the new configuration", write.Resize(2)); result.Deleted > 0 {
		t.Fatalf("the shrink came to its end: %v", result)
	}
	out := r.exits(exitHealthy, "deploy")
	if !strings.Contains(out, "link 1 can't load a new order while running: restarted") || strings.Contains(out, "link 0 can't") {
		t.Error(out)
	}
	// Connections that are kept lead to the pod that was replaced until it ends, and from there to the link that went.
	r.awaits("the old pod of link 1 ends", func(s *state.Snapshot) bool {
		return !slices.ContainsFunc(s.Links[1].Pods, func(p state.Pod) bool { return p.Deleting })
	})
	if out := r.exits(exitHealthy, "request"); !strings.Contains(out, chain.ServiceName(1)) || strings.Contains(out, chain.ServiceName(2)) {
		t.Error(out)
	}
}

// A release that was cut short when all of it was written is to be written again, but nothing differs from it.
func TestADiffOfAReleaseThatWasCutShort(t *testing.T) {
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "1", "--no-load")
	r.cutShort("waiting for the chain", write.Redeploy(nil, ""))
	if out := r.exits(exitHealthy, "history"); !strings.Contains(out, "interrupted") {
		t.Error(out)
	}
	r.exits(exitHealthy, "diff")
	r.exits(exitUnhealthy, "diff", "--sample-rate", "0.5")
}

// cutShort begins a change, and interrupts it at a step.
func (r *rig) cutShort(step string, in write.Intent) write.Result {
	r.t.Helper()
	watching, stop := context.WithCancel(r.t.Context())
	watcher := watch.Start(watching, r.cluster)
	defer func() { stop(); <-watcher.Stopped() }()
	cut, cancel := context.WithCancel(r.t.Context())
	defer cancel()
	w := write.New(r.cluster, write.Options{Watcher: watcher, Progress: func(e write.Event) {
		if e.Step == step {
			cancel()
		}
	}})
	p, result, err := w.Change(cut, in, true)
	if err == nil {
		r.t.Fatalf("%s came to its end: %v", p.Action, result)
	}
	return result
}
