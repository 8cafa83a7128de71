package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/ui/terminal"
)

// program is the dashboard in a terminal of its own.
type program struct {
	*terminal.Program
	first time.Duration // from exec to the first frame
	live  time.Duration // from exec to live data
}

// open starts the program and waits for live data.
func (s settings) open(ctx context.Context) (*program, error) {
	command := exec.CommandContext(ctx, s.binary, "--kubeconfig", s.kubeconfig, "--namespace", "ui-bench", "--no-motion")
	command.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	began := time.Now()
	in, err := terminal.Start(command, 120, 40)
	if err != nil {
		return nil, err
	}
	p := &program{Program: in}
	if p.first, err = p.Await(ctx, began, "chaintui"); err != nil {
		return nil, err
	}
	p.live, err = p.Await(ctx, began, "● live")
	return p, err
}

func (p *program) quit() error {
	_ = p.Press("q")
	return p.Wait()
}

// cpu is the user and system time of the program so far; 10 ms is the kernel's unit.
func (p *program) cpu() time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Command.Process.Pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// memory is a line of the program's status, in MB.
func (p *program) memory(line string) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Command.Process.Pid))
	_, rest, _ := strings.Cut(string(text), line+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(fields[0])
	return kb / 1024
}
