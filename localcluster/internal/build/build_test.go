//go:build linux

package build

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// A module of two packages is built by the real go command, once.
func TestEnsureBuildsOnce(t *testing.T) {
	sources := fstest.MapFS{
		"go.mod":        {Data: []byte("module example.org/x\n\ngo 1.26\n")},
		"hello/main.go": {Data: []byte("package main\n\nimport \"example.org/x/word\"\n\nfunc main() { print(word.Hello) }\n")},
		"word/word.go":  {Data: []byte("package word\n\nconst Hello = \"hello\"\n")},
	}
	var out bytes.Buffer
	b := Builder{Sources: sources, Version: "v1.2.3", Cache: t.TempDir(), Out: &out}
	targets := []Target{{"./hello", "hello"}}
	dir, err := b.Ensure(t.Context(), targets)
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(filepath.Join(dir, "hello")).CombinedOutput()
	if err != nil || string(said) != "hello" {
		t.Errorf("the program says %q, %v", said, err)
	}
	if !strings.Contains(out.String(), "built ") {
		t.Errorf("the builder says %q", out.String())
	}
	out.Reset()
	if again, err := b.Ensure(t.Context(), targets); err != nil || again != dir || out.Len() > 0 {
		t.Errorf("a second time: %s, %v, %q", again, err, out.String())
	}
	// What an interrupted build left is no reason to fail.
	if err := os.Remove(filepath.Join(dir, "hello")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "staging"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Ensure(t.Context(), targets); err != nil {
		t.Fatal(err)
	}
}

func TestEnsureShowsWhatTheCompilerSays(t *testing.T) {
	sources := fstest.MapFS{
		"go.mod":        {Data: []byte("module example.org/x\n\ngo 1.26\n")},
		"hello/main.go": {Data: []byte("package main\n\nfunc main() { undefinedName() }\n")},
	}
	b := Builder{Sources: sources, Version: "v1.2.3", Cache: t.TempDir(), Out: &bytes.Buffer{}}
	_, err := b.Ensure(t.Context(), []Target{{"./hello", "hello"}})
	if err == nil || !strings.Contains(err.Error(), "undefined: undefinedName") {
		t.Errorf("err = %v", err)
	}
}
