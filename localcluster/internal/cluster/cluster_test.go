//go:build linux

package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/localcluster/internal/config"
)

func TestNames(t *testing.T) {
	for _, name := range []string{"a", "dev", "t-1", "a2345678901234567890"[:20]} {
		if _, err := Open(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"", "A", "1a", "-a", "a-", "a/b", "..", "a_b", "a b", "a23456789012345678901", "é"} {
		if c, err := Open(name); err == nil {
			t.Errorf("%q is taken: %+v", name, c)
		}
	}
}

// A unix socket's path may have 107 bytes, on the host too.
func TestSocketPathsAreShort(t *testing.T) {
	c, err := Open(strings.Repeat("a", 20))
	if err != nil {
		t.Fatal(err)
	}
	if path := c.path("containerd.sock.ttrpc"); len(path) > 107 {
		t.Errorf("%s has %d bytes", path, len(path))
	}
}

func TestRecordWithoutItsEndIsNoCluster(t *testing.T) {
	c := Cluster{Name: "x", dir: t.TempDir()}
	if _, err := c.running(); err == nil || !strings.Contains(err.Error(), "localcluster --name x up") {
		t.Errorf("nothing there: %v", err)
	}
	if err := writeJSON(c.path("cluster.json"), record{Server: "https://127.0.0.1:1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.running(); err == nil {
		t.Error("a start that was interrupted counts as running")
	}
	if err := writeJSON(c.path("cluster.json"), record{Server: "https://127.0.0.1:1", Complete: true}); err != nil {
		t.Fatal(err)
	}
	if r, err := c.running(); err != nil || r.Server != "https://127.0.0.1:1" {
		t.Errorf("%+v, %v", r, err)
	}
	if err := os.WriteFile(c.path("cluster.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.running(); err == nil {
		t.Error("half a record counts as running")
	}
}

func TestComponentByName(t *testing.T) {
	if part, err := component(config.Params{Name: "x"}, "kubelet"); err != nil || part.Name != "kubelet" {
		t.Errorf("%v, %v", part, err)
	}
	if _, err := component(config.Params{}, "api"); err == nil || !strings.Contains(err.Error(), "kube-apiserver") {
		t.Errorf("an unknown name doesn't name the known ones: %v", err)
	}
}

func TestTailShowsNothingThatSteersATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(path, []byte("one\ntwo\n\x1b[2Jthree\tfour\u202e\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := tail(path, 2); got != "  two\n  [2Jthree four" {
		t.Errorf("tail = %q", got)
	}
	if got := tail(path+"x", 2); !strings.Contains(got, "no such file") {
		t.Errorf("no log: %q", got)
	}
}

func TestWriteMakesEverythingThatIsRead(t *testing.T) {
	c := Cluster{Name: "dev", dir: t.TempDir()}
	params := config.Params{Name: "dev", Cgroup: "/x", Runc: "/runc"}
	if err := c.write(record{Server: "https://127.0.0.1:1", Params: params}); err != nil {
		t.Fatal(err)
	}
	for _, part := range config.Components(params) {
		for _, arg := range part.Args {
			flag, path, found := strings.Cut(arg, "="+config.State+"/")
			if !found || flag == "--data-dir" || flag == "--root-dir" {
				continue // the component makes it itself
			}
			if _, err := os.Stat(c.path(path)); err != nil {
				t.Errorf("%s: %v", part.Name, err)
			}
		}
	}
	info, err := os.Stat(c.Kubeconfig())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("kubeconfig: %v, %v", info.Mode(), err)
	}
}
