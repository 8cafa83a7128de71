//go:build !windows

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/ui/terminal"
)

// person is somebody at a terminal.
type person struct {
	t  *testing.T
	at *terminal.Program
}

// sitDown starts a command in a terminal of 80x24, in an environment that has only a home and what is given.
func sitDown(t *testing.T, environ []string, name string, args ...string) person {
	t.Helper()
	command := exec.Command(name, args...)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TERM=xterm-256color"}, environ...)
	command.Dir = t.TempDir()
	at, err := terminal.Start(command, 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		if command.ProcessState == nil {
			_ = at.Wait()
		}
	})
	return person{t, at}
}

func (p person) sees(text string) person {
	p.t.Helper()
	if _, err := p.at.Await(p.t.Context(), time.Now(), text); err != nil {
		p.t.Fatal(err)
	}
	return p
}

func (p person) types(keys string) person {
	p.t.Helper()
	if err := p.at.Press(keys); err != nil {
		p.t.Fatal(err)
	}
	return p
}

func (p person) resizes(columns, rows int) person {
	p.t.Helper()
	if err := p.at.Resize(columns, rows); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// ends wants the command to end well, and returns what it leaves on the screen.
func (p person) ends() string {
	p.t.Helper()
	if err := p.at.Wait(); err != nil {
		p.t.Errorf("%v\n%s", err, p.at.Text())
	}
	return p.at.Text()
}

// nowhere is a kubeconfig whose API server is not there.
const nowhere = `{apiVersion: v1, kind: Config, current-context: nowhere,
contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}],
clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}],
users: [{name: nobody, user: {token: none}}]}`

// In a shell it can be suspended and brought back, made too small for anything and large again; what was on the screen
// before is there after it, and the terminal is as it was.
func TestTheShellGetsItsTerminalBack(t *testing.T) {
	kubeconfig := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(kubeconfig, []byte(nowhere), 0o600); err != nil {
		t.Fatal(err)
	}
	p := sitDown(t, []string{"PS1=ready> ", "KUBECONFIG=" + kubeconfig}, "sh", "-i")
	p.sees("ready> ").types("stty -a | tail -n +2 > before; echo marked\r").sees("\nmarked")
	p.types("chaintui\r").sees("refused").types("\x1a").sees("Stopped").sees("\nmarked").types("fg; echo it has left\r").sees("refused")
	p.resizes(1, 1).resizes(40, 10).sees("chaintui needs 80×24").resizes(100, 30).sees("refused")
	p.types("q").sees("\nit has left").types("stty -a | tail -n +2 | diff before - && echo the \"same\"\r").sees("the same").types("exit\r")
	if text := p.ends(); strings.Contains(text, "refused") {
		t.Errorf("it leaves its last screen:\n%s", text)
	}
}
