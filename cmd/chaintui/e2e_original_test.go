//go:build e2e

package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/image"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// standIn builds an image that behaves as the original's does, and loads it into the cluster.
func standIn(t *testing.T) string {
	t.Helper()
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	binary, err := image.Compile(t.Context(), "./testdata/original", runtime.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	content := image.Content{Arch: runtime.GOARCH, Binary: binary}
	reference := "original:" + image.Tag([]image.Content{content})
	img, err := image.New(content)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "original.tar")
	if err := image.Write(path, reference, img); err != nil {
		t.Fatal(err)
	}
	kubetest.Launcher(t, "load", path)
	return reference
}

// original creates what the original's tool deploys, with these links.
func (r *rig) original(links string) {
	r.t.Helper()
	ours := os.Getenv("CHAINTUI_E2E_IMAGE")
	r.t.Cleanup(func() {
		namespaces := kubetest.Clientset(r.cluster).CoreV1().Namespaces()
		_ = namespaces.Delete(context.WithoutCancel(r.t.Context()), r.cluster.Namespace, metav1.DeleteOptions{})
	})
	kubetest.Original(r.t, r.cluster, strings.NewReplacer("COLLECTOR", ours, "IMAGE, args: [load", ours+", args: [load", "IMAGE", links))
}

func TestTheOriginalsChain(t *testing.T) {
	links := standIn(t)
	r := newRig(t)
	r.original(links)
	says := func(want, out string) {
		t.Helper()
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	says("OK: the chain works", r.exits(exitHealthy, "validate"))
	says("3 of 3 links ready", r.exits(exitHealthy, "status"))
	r.exits(exitRefused, "delete") // not ours yet
	r.exits(exitHealthy, "adopt", "--no-wait")
	r.exits(exitHealthy, "deploy", "--collector", "builtin") // Zipkin's image is not here
	says("OK: the chain works", r.proven())
	out := r.exits(exitHealthy, "resize", "4")
	t.Log(out)
	says("4 of 4 links ready", r.exits(exitHealthy, "status"))
	says("OK: the chain works", r.proven())

	// Its links and ours in one chain, and in one trace.
	r.exits(exitHealthy, "redeploy", "1", "3", "--image", os.Getenv("CHAINTUI_E2E_IMAGE"))
	out = r.proven()
	says("OK: the chain works", out)
	t.Log(out)
	r.exits(exitHealthy, "resize", "2")
	r.proven()
	r.exits(exitHealthy, "delete")
	says("no chain", r.exits(exitUnhealthy, "status"))
}

// proven validates after a rollout of links that do not drain: a request that it cut counts against the load for 30 s.
func (r *rig) proven() string {
	r.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		out, code := r.run("validate")
		switch {
		case code == exitHealthy:
			return out
		case time.Now().After(deadline):
			r.t.Fatalf("exit code %d:\n%s", code, out)
		}
	}
}
