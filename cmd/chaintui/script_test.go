package main

import (
	"os"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chaintui": main})
}

// The command line where no cluster is needed. Each script runs in a folder and a home of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir+"/home")
			e.Setenv("KUBECONFIG", e.WorkDir+"/kubeconfig")
			return os.Mkdir(e.WorkDir+"/home", 0o755)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
		},
		RequireUniqueNames: true,
	})
}

// exits runs chaintui and wants an exit code: exits CODE ARGS…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGS…")
	}
	err := ts.Exec("chaintui", args[1:]...)
	code := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok { //nolint:errorlint // testscript does not wrap it
		code = strconv.Itoa(exit.ExitCode())
	}
	if code != args[0] {
		ts.Fatalf("chaintui %v: exit code %s, want %s (%v)", args[1:], code, args[0], err)
	}
}
