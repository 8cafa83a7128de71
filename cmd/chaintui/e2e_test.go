//go:build e2e

package main

import (
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The command line on a real cluster. Each script has a namespace of its own, which is removed at its end.
func TestScriptsOnACluster(t *testing.T) {
	kubeconfig, image := os.Getenv("CHAINTUI_E2E_KUBECONFIG"), os.Getenv("CHAINTUI_E2E_IMAGE")
	if kubeconfig == "" || image == "" {
		t.Fatal("set CHAINTUI_E2E_KUBECONFIG and CHAINTUI_E2E_IMAGE, or run make e2e")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/e2e",
		Setup: func(e *testscript.Env) error {
			namespace := "cli-" + strings.ToLower(rand.Text())[:8]
			for name, value := range map[string]string{
				"HOME": e.WorkDir + "/home", "KUBECONFIG": kubeconfig, "CHAINTUI_NAMESPACE": namespace,
				"CHAINTUI_CHAIN_LINK_IMAGE": image, "CHAINTUI_TOOLS_IMAGE": image, "IMAGE": image,
			} {
				e.Setenv(name, value)
			}
			e.Defer(func() {
				gone := run([]string{"delete", "--no-wait", "--kubeconfig", kubeconfig, "-n", namespace}, nil, nil, os.Stdout, os.Stderr)
				if gone != exitHealthy {
					t.Logf("delete of %s: exit code %d", namespace, gone)
				}
			})
			return os.Mkdir(e.WorkDir+"/home", 0o755)
		},
		Cmds:               map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits},
		RequireUniqueNames: true,
	})
}
