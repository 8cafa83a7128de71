package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chaintui/chaintui/internal/config"
)

// A command that is shown is for the chain that was changed, wherever that was said, and whatever is in its name.
func TestCommandsNameTheChain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "prod.conf")
	if err := os.WriteFile(file, []byte("namespace = prod\nkubeconfig = /etc/prod\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name    string
		flags   config.Flags
		environ []string
		want    string
	}{
		{"nothing was said", nil, nil, ""},
		{"flags", config.Flags{"namespace": "demo", "context": "kind"}, nil, " --context kind --namespace demo"},
		{"a path with a space", config.Flags{"kubeconfig": "/home/a b/it's"}, nil, ` --kubeconfig '/home/a b/it'\''s'`},
		{"a context that a shell would read otherwise", config.Flags{"context": "$(id)"}, nil, " --context '$(id)'"},
		{"the environment, which is still there", nil, []string{"CHAINTUI_NAMESPACE=demo", "CHAINTUI_KUBECONFIG=/x y"}, ""},
		{"a file that this line alone names", config.Flags{"config-file": file}, nil, " --kubeconfig /etc/prod --namespace prod"},
		{"a file that the environment names", nil, []string{"CHAINTUI_CONFIG_FILE=" + file}, ""},
	} {
		t.Setenv("HOME", t.TempDir())
		t.Setenv("XDG_CONFIG_HOME", "")
		a := &app{flags: tc.flags, environ: tc.environ}
		if got := a.where(); got != tc.want {
			t.Errorf("%s: %q; want %q", tc.name, got, tc.want)
		}
	}
}
