//go:build linux

package build

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// plan asks which packages have to be compiled. It downloads the modules first
// when they are missing.
func (b Builder) plan(ctx context.Context, source string, packages []string) ([]Package, error) {
	var listed bytes.Buffer
	downloads := 0
	said, err := b.run(ctx, source, &listed, append([]string{"list", "-deps", "-f", listFormat}, packages...), func(line string) bool {
		if !strings.HasPrefix(line, "go: downloading ") {
			return false
		}
		if downloads++; b.Animate {
			fmt.Fprintf(b.Out, "\r\x1b[Kdownloading modules: %d", downloads)
		} else if downloads == 1 {
			fmt.Fprintln(b.Out, "downloading modules")
		}
		return true
	})
	if downloads > 0 && b.Animate {
		fmt.Fprintln(b.Out)
	}
	if err != nil {
		return nil, fmt.Errorf("listing what to build: %w\n%s", err, said)
	}
	return parseList(listed.String()), nil
}

func (b Builder) compile(ctx context.Context, source, staging string, packages []string, stale []Package) error {
	bar := newBar(b.Out, b.Animate, NewProgress(stale))
	said, err := b.run(ctx, source, io.Discard, append([]string{"build", "-v", "-o", staging + "/"}, packages...), bar.compiled)
	if err != nil {
		bar.stop("")
		return fmt.Errorf("building: %w\n%s", err, said)
	}
	bar.stop("built")
	return nil
}

// run runs the go command. Lines that it says on stderr go to expected; those
// that it returns false for are kept, and the last of them are returned.
func (b Builder) run(ctx context.Context, source string, out io.Writer, args []string, expected func(string) bool) (string, error) {
	program, err := exec.LookPath("go")
	if err != nil {
		program = "/usr/local/go/bin/go" // where its archive goes, and often on the user's PATH but not on root's
		if _, err := os.Stat(program); err != nil {
			return "", errors.New("the go command is needed to build the cluster's components: install Go (https://go.dev/dl) and have it on PATH")
		}
	}
	// The flags go behind the verb, before everything else.
	args = append(append([]string{args[0]}, b.flags()...), args[1:]...)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = source
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off", "GOOS=linux", "GOARCH=")
	if os.Getenv("GOGC") == "" {
		// The compiler would spend a tenth of its time on collecting what it drops anyway.
		cmd.Env = append(cmd.Env, "GOGC=800")
	}
	// A launcher that is killed takes its build along: the next one starts its own.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stdout = out
	lines, err := cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	var said []string
	scanner := bufio.NewScanner(lines)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		if !expected(scanner.Text()) {
			said = append(said, scanner.Text())
		}
	}
	return strings.Join(said[max(0, len(said)-15):], "\n"), cmd.Wait()
}
