package manifests

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
)

func generate(t *testing.T, dir string, n int) Generated {
	t.Helper()
	done, err := Generate(dir, specOf(n), "zoo", chain.Live{Order: chain.NewOrder(n)})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestGenerateWritesAFileAnObject(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	done := generate(t, dir, 1)
	want := []string{
		"00-zoo-namespace.yaml", "chain-link-0-networkpolicy.yaml", "chain-link-deployment-0-deployment.yaml",
		"chain-link-service-0-service.yaml", "chain-link-services-configmap.yaml", "loadgenerator-deployment.yaml",
		"loadgenerator-networkpolicy.yaml", "loadgenerator-service.yaml", "zipkin-deployment-deployment.yaml",
		"zipkin-networkpolicy.yaml", "zipkin-service-service.yaml",
	}
	if diff := cmp.Diff(want, done.Written); diff != "" {
		t.Error(diff)
	}
}

// kubectl applies a folder in the order of its files' names, and nothing can be created in a namespace that is not there.
func TestTheNamespaceIsTheFirstFile(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 12)
	entries, err := os.ReadDir(dir)
	if err != nil || entries[0].Name() != "00-zoo-namespace.yaml" {
		t.Errorf("first file %s, %v", entries[0].Name(), err)
	}
}

func TestGenerateRemovesOnlyWhatItWrote(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 3)
	mine := filepath.Join(dir, "chain-link-deployment-9-deployment.yaml")
	if err := os.WriteFile(mine, []byte("kind: Deployment\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	done := generate(t, dir, 2)
	want := []string{"chain-link-2-networkpolicy.yaml", "chain-link-deployment-2-deployment.yaml", "chain-link-service-2-service.yaml"}
	if diff := cmp.Diff(want, done.Removed); diff != "" {
		t.Error(diff)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Errorf("a file of the user's is gone: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".chaintui-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestGenerateNeverOverwritesAUsersFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "loadgenerator-deployment.yaml")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Generate(dir, specOf(1), "zoo", chain.Live{Order: chain.NewOrder(1)})
	if err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v", err)
	}
	if text, _ := os.ReadFile(file); string(text) != "mine" {
		t.Errorf("overwritten: %s", text)
	}
}

func TestAFolderThatCantBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Generate(filepath.Join(file, "sub"), specOf(1), "zoo", chain.Live{Order: chain.NewOrder(1)})
	if err == nil || !strings.Contains(err.Error(), "choose another with --output-directory") {
		t.Errorf("error %v", err)
	}
}

func TestFilesAreMarked(t *testing.T) {
	dir := t.TempDir()
	for _, name := range generate(t, dir, 2).Written {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !slices.Contains(strings.Split(string(text), "\n"), marker) {
			t.Errorf("%s: %v, no marker", name, err)
		}
	}
}
