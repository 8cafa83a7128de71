package config

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

var params = Params{Name: "dev", Cgroup: "/chaintui-lc-dev", Runc: "/usr/sbin/runc"}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from %s (go test -update writes it anew):\n%s", name, path, got)
	}
}

func TestFiles(t *testing.T) {
	files, err := Files(params)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		golden(t, name, text)
	}
}

func TestKubeconfig(t *testing.T) {
	text, err := Kubeconfig(Access{
		Cluster: "dev", User: "admin", Server: "https://127.0.0.1:16443",
		CA: []byte("ca"), Pair: pki.Pair{Cert: []byte("cert"), Key: []byte("key")},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "kubeconfig", text)
}

func TestComponents(t *testing.T) {
	var text strings.Builder
	for _, each := range Components(params) {
		text.WriteString(each.Name + " (" + each.Binary + ", " + each.Health.Network + " " + each.Health.Address + " " + each.Health.URL + ")\n")
		for _, arg := range each.Args {
			text.WriteString("  " + arg + "\n")
		}
	}
	golden(t, "components", []byte(text.String()))
}

// Whatever a component is pointed at below the state folder is either made by
// the launcher or by the component itself.
func TestComponentsReadOnlyWhatIsThere(t *testing.T) {
	files, err := Files(params)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"etcd", "kubelet", "kubelet.yaml"}
	for name := range files {
		known = append(known, name)
	}
	for _, identity := range Identities(params) {
		known = append(known, identity.File)
	}
	for _, each := range Components(params) {
		for _, arg := range each.Args {
			_, path, found := strings.Cut(arg, "="+State+"/")
			if found && !strings.HasPrefix(path, "pki/") && !slices.Contains(known, path) {
				t.Errorf("%s reads %s, which nobody writes", each.Name, path)
			}
		}
	}
}
