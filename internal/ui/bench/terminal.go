package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// program is the dashboard in a terminal of its own.
type program struct {
	command *exec.Cmd
	tty     *os.File
	began   time.Time
	first   time.Duration // from exec to the first frame
	live    time.Duration // from exec to live data

	mu      sync.Mutex
	screen  *vt.Emulator
	written chan struct{} // closed and made anew by each write
	done    chan struct{}
}

const (
	columns, rows = 120, 40
	patience      = 30 * time.Second
)

// open starts the program and waits for live data.
func (s settings) open(ctx context.Context) (*program, error) {
	p := &program{screen: vt.NewEmulator(columns, rows), written: make(chan struct{}), done: make(chan struct{})}
	p.command = exec.CommandContext(ctx, s.binary, "--kubeconfig", s.kubeconfig, "--namespace", "ui-bench", "--no-motion")
	p.command.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	p.began = time.Now()
	tty, err := pty.StartWithSize(p.command, &pty.Winsize{Cols: columns, Rows: rows})
	if err != nil {
		return nil, err
	}
	p.tty = tty
	go p.read()
	go p.reply()
	if p.first, err = p.await(ctx, p.began, "chaintui"); err != nil {
		return nil, err
	}
	p.live, err = p.await(ctx, p.began, "● live")
	return p, err
}

// read draws what the program writes.
func (p *program) read() {
	defer close(p.done)
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

// reply hands the terminal's answers to the program's questions back to it.
func (p *program) reply() {
	buffer := make([]byte, 1<<10)
	for {
		n, err := p.screen.Read(buffer)
		if err != nil {
			return
		}
		_, _ = p.tty.Write(buffer[:n])
	}
}

func (p *program) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for y := range rows {
		for x := range columns {
			if cell := p.screen.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// await waits until the text is on the screen: how long that was after a moment.
func (p *program) await(ctx context.Context, since time.Time, text string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		p.mu.Lock()
		written := p.written
		p.mu.Unlock()
		if strings.Contains(p.text(), text) {
			return time.Since(since), nil
		}
		select {
		case <-written:
		case <-p.done:
			return 0, fmt.Errorf("the program has ended before %q was on the screen:\n%s", text, p.text())
		case <-ctx.Done():
			return 0, fmt.Errorf("%q is not on the screen:\n%s", text, p.text())
		}
	}
}

// press types keys as a terminal sends them.
func (p *program) press(keys string) error {
	_, err := p.tty.WriteString(keys)
	return err
}

func (p *program) quit() error {
	_ = p.press("q")
	err := p.command.Wait()
	_ = p.tty.Close()
	<-p.done
	return err
}

// cpu is the user and system time of the program so far; 10 ms is the kernel's unit.
func (p *program) cpu() time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.command.Process.Pid))
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
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	_, rest, _ := strings.Cut(string(text), line+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(fields[0])
	return kb / 1024
}
