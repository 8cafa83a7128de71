// Package terminal runs a program in a terminal of its own, an emulated one behind a real pty: what is drawn can be
// waited for, and keys are typed as a person's terminal sends them. Tests and benchmarks use it.
package terminal

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Program is a program that runs in a terminal of its own.
type Program struct {
	Command *exec.Cmd

	tty     *os.File
	mu      sync.Mutex
	screen  *vt.Emulator
	written chan struct{} // closed and made anew by each write
	drawn   chan struct{} // closed once all that the program wrote is on the screen
	mute    chan struct{} // closed once nothing answers its questions any more
}

// patience is how long Await waits.
const patience = 30 * time.Second

// Start starts the command in a terminal of that many columns and rows.
func Start(command *exec.Cmd, columns, rows int) (*Program, error) {
	p := &Program{
		Command: command, screen: vt.NewEmulator(columns, rows),
		written: make(chan struct{}), drawn: make(chan struct{}), mute: make(chan struct{}),
	}
	tty, err := pty.StartWithSize(command, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	if err != nil {
		return nil, err
	}
	p.tty = tty
	go p.draw()
	go p.answer()
	return p, nil
}

// draw draws what the program writes.
func (p *Program) draw() {
	defer close(p.drawn)
	buffer := make([]byte, 1<<16)
	for {
		n, err := p.tty.Read(buffer)
		p.mu.Lock()
		_, _ = p.screen.Write(buffer[:n])
		close(p.written)
		p.written = make(chan struct{})
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer hands the terminal's answers to the program's questions back to it.
func (p *Program) answer() {
	defer close(p.mute)
	buffer := make([]byte, 1<<10)
	for {
		n, err := p.screen.Read(buffer)
		if err != nil {
			return
		}
		_, _ = p.tty.Write(buffer[:n])
	}
}

// Text is what is on the screen, line by line, each as wide as the terminal.
func (p *Program) Text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for y := range p.screen.Height() {
		for x := range p.screen.Width() {
			if cell := p.screen.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Await waits until the text is on the screen: how long that was after a moment.
func (p *Program) Await(ctx context.Context, since time.Time, text string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		p.mu.Lock()
		written := p.written
		p.mu.Unlock()
		if strings.Contains(p.Text(), text) {
			return time.Since(since), nil
		}
		select {
		case <-written:
		case <-p.drawn:
			if strings.Contains(p.Text(), text) {
				return time.Since(since), nil
			}
			return 0, fmt.Errorf("the program has ended before %q was on the screen:\n%s", text, p.Text())
		case <-ctx.Done():
			return 0, fmt.Errorf("%q is not on the screen:\n%s", text, p.Text())
		}
	}
}

// Press types keys as a terminal sends them.
func (p *Program) Press(keys string) error {
	_, err := p.tty.WriteString(keys)
	return err
}

// Resize gives the terminal another size, and tells the program.
func (p *Program) Resize(columns, rows int) error {
	p.mu.Lock()
	p.screen.Resize(columns, rows)
	p.mu.Unlock()
	return pty.Setsize(p.tty, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
}

// Wait waits for the program's end, and until all that it wrote is on the screen.
func (p *Program) Wait() error {
	err := p.Command.Wait()
	<-p.drawn
	if in, ok := p.screen.InputPipe().(io.Closer); ok { // Emulator.Close would race with its Read
		_ = in.Close()
	}
	<-p.mute
	_ = p.tty.Close()
	return err
}
