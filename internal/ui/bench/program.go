package main

import (
	"context"
	"os"
	"os/exec"
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

func (p *program) cpu() time.Duration { return cpu(p.Command.Process.Pid) }

func (p *program) memory(line string) int { return memory(p.Command.Process.Pid, line) }
