//go:build e2e && linux

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A component that dies during up is named at once, with what it said last,
// and nothing of the cluster stays behind but its logs.
func TestComponentThatDiesIsNamed(t *testing.T) {
	before := look(t)
	c := use(t, "a")
	c.run("up") // so that everything is built
	built := builtFolder(t)
	c.run("down")
	cache := t.TempDir()
	broken := filepath.Join(cache, "chaintui", "localcluster", filepath.Base(built))
	if err := os.MkdirAll(broken, 0o755); err != nil {
		t.Fatal(err)
	}
	programs, err := os.ReadDir(built)
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range programs {
		if program.Type().IsRegular() {
			if said, err := exec.Command("cp", filepath.Join(built, program.Name()), broken).CombinedOutput(); err != nil {
				t.Fatal(string(said))
			}
		}
	}
	dns := filepath.Join(broken, "dns")
	if err := os.WriteFile(dns, []byte("#!/bin/sh\nprintf 'no \\033[2Jzone\\n' >&2\nexit 7\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", cache)
	begin := time.Now()
	out, err := c.try("up")
	if err == nil {
		t.Fatalf("up succeeds without DNS:\n%s", out)
	}
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %s to notice", took)
	}
	for _, want := range []string{"coredns ended with exit status 7", "no [2Jzone"} {
		if !strings.Contains(out, want) {
			t.Errorf("the error does not say %q:\n%s", want, out)
		}
	}
	if after := look(t); len(after.processes) > len(before.processes) {
		t.Errorf("processes are left: %v", after.processes)
	}
	c.run("down")
	same(t, before, look(t))
}

// builtFolder is where the launcher keeps what it built: the folder of the
// newest set of programs.
func builtFolder(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/var/lib/chaintui-localcluster/" + prefix + "a/cluster.json")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), `"bin":"`)
	folder, _, found := strings.Cut(after, `"`)
	if !found {
		t.Fatalf("no folder in %s", text)
	}
	return folder
}
