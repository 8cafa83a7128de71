// Package terminal is an emulated terminal for tests and benchmarks, and runs a program in one of its own behind a real pty:
// what is drawn can be waited for, and keys are typed as a person's terminal sends them.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/creack/pty"
)

// Program is a program that runs in a terminal of its own.
type Program struct {
	Command *exec.Cmd

	tty    *os.File
	screen *Screen
	drawn  chan struct{} // closed once all that the program wrote is on the screen
}

// patience is how long Await waits.
const patience = 30 * time.Second

// Start starts the command in a terminal of that many columns and rows.
func Start(command *exec.Cmd, columns, rows int) (*Program, error) {
	tty, err := pty.StartWithSize(command, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	if err != nil {
		return nil, err
	}
	p := &Program{Command: command, tty: tty, screen: NewScreen(columns, rows, tty), drawn: make(chan struct{})}
	go p.draw()
	return p, nil
}

// draw draws what the program writes.
func (p *Program) draw() {
	defer close(p.drawn)
	buffer := make([]byte, 1<<16)
	for {
		n, err := p.tty.Read(buffer)
		_, _ = p.screen.Write(buffer[:n])
		if err != nil {
			return
		}
	}
}

// Text is what is on the screen, line by line, each as wide as the terminal.
func (p *Program) Text() string { return p.screen.Text() }

// Await waits until the text is on the screen: how long that was after a moment.
func (p *Program) Await(ctx context.Context, since time.Time, text string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := p.screen.Await(ctx, p.drawn, func(screen string) bool { return strings.Contains(screen, text) })
	switch {
	case err == nil:
		return time.Since(since), nil
	case errors.Is(err, errOver):
		return 0, fmt.Errorf("the program has ended before %q was on the screen:\n%s", text, p.Text())
	}
	return 0, fmt.Errorf("%q is not on the screen:\n%s", text, p.Text())
}

// Press types keys as a terminal sends them.
func (p *Program) Press(keys string) error {
	_, err := p.tty.WriteString(keys)
	return err
}

// Resize gives the terminal another size, and tells the program.
func (p *Program) Resize(columns, rows int) error {
	p.screen.Resize(columns, rows)
	return pty.Setsize(p.tty, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
}

// Wait waits for the program's end, and until all that it wrote is on the screen.
func (p *Program) Wait() error {
	err := p.Command.Wait()
	<-p.drawn
	p.screen.Close()
	_ = p.tty.Close()
	return err
}
