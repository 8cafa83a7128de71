//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoTraces = `[{"traceId":"a","id":"1","name":"get /a","timestamp":1700000000000000,"duration":2000,"localEndpoint":{"serviceName":"orders"},"tags":{"k8s.pod.name":"orders-1","k8s.node.name":"n7"}},
{"traceId":"b","id":"1","name":"get /b","timestamp":1700000001000000,"duration":3000,"localEndpoint":{"serviceName":"payments"}}]`

// A file of traces is opened in the dashboard where there is no cluster at all, and what is saved of it can be opened again.
func TestTheDashboardOfAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.json")
	if err := os.WriteFile(file, []byte(twoTraces), 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere := []string{"KUBECONFIG=" + filepath.Join(t.TempDir(), "none")}
	p := sitDown(t, nowhere, "chaintui", "--trace", file)
	p.sees("2 traces").sees("two.json").sees("get /b").sees("get /a")
	p.types("R").sees("no cluster is looked at").types("f").sees("a file is shown whole")
	p.types("1").sees("there is nothing to see here").types("3").sees("get /b").types("\x1b[B").types("\r").sees("2.00 ms")
	p.sees("orders-1 on n7").types("l").sees("there are no logs here") // and nobody says that the pod is gone
	if screen := p.at.Text(); strings.Contains(screen, "gone") {
		t.Errorf("it is not known what there is in a cluster:\n%s", screen)
	}
	p.types("w").sees("saved 1 span in chaintui-trace-000000000000000a.json").types("q").ends()
	saved := filepath.Join(p.at.Command.Dir, "chaintui-trace-000000000000000a.json")
	sitDown(t, nowhere, "chaintui", "--trace", saved).sees("1 trace").sees("2.00 ms").types("q").ends()
}
