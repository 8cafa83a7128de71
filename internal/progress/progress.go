// Package progress shows a running change on stderr: on a terminal a line per link with its state and reason, the step
// with its count, and the time, redrawn in place; elsewhere plain lines, each said once.
package progress

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Line is one workload's line.
type Line struct {
	Name   string // such as link 3
	State  string // such as rolling
	Detail string // why, in one line
	Ready  bool
	Broken bool
}

// Terminal says what is known of the screen that is written to. The zero value is none: plain lines.
type Terminal struct {
	Size  func() (columns, rows int) // nil for no terminal
	Color bool
}

// Display shows one change. It is safe for concurrent use.
type Display struct {
	out      io.Writer
	terminal Terminal
	now      func() time.Time
	began    time.Time

	mu     sync.Mutex
	step   string
	done   int
	total  int
	lines  []Line
	looked bool            // Lines was called
	drawn  int             // rows on screen that the next frame goes over
	said   map[string]bool // plain lines that were said already
	stop   chan struct{}
	ended  sync.WaitGroup
}

// longest is where a plain line's detail is cut, in columns.
const longest = 160

// redraw is how often the screen follows: the clock runs, and what changed in between is seen at once.
const redraw = 100 * time.Millisecond

// New begins a display. End has to be called.
func New(out io.Writer, terminal Terminal) *Display {
	d := &Display{out: out, terminal: terminal, now: time.Now, said: map[string]bool{}, stop: make(chan struct{})}
	d.began = d.now()
	if terminal.Size != nil {
		d.ended.Go(d.run)
	}
	return d
}

func (d *Display) run() {
	tick := time.NewTicker(redraw)
	defer tick.Stop()
	for {
		select {
		case <-d.stop:
			return
		case <-tick.C:
			d.mu.Lock()
			d.draw()
			d.mu.Unlock()
		}
	}
}

// Step tells what is being done, and how much of it is; total 0 when it can't be counted.
func (d *Display) Step(step string, done, total int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.step, d.done, d.total = sanitise.Line(step), done, total
	if d.terminal.Size == nil && step != "" {
		d.sayOnce(ansi.Truncate(d.step, longest, "…"))
	}
}

// Message says something worth keeping.
func (d *Display) Message(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	text = sanitise.Line(text)
	if d.terminal.Size == nil {
		fmt.Fprintln(d.out, text)
		return
	}
	d.erase()
	fmt.Fprintln(d.out, text)
	d.draw()
}

// Lines are the workloads as they stand. In plain mode a line is said when its state or reason changes.
func (d *Display) Lines(lines []Line) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range lines {
		lines[i].Name, lines[i].Detail = sanitise.Line(lines[i].Name), sanitise.Line(lines[i].Detail)
	}
	if d.terminal.Size == nil {
		d.plain(lines)
	}
	d.lines = lines
}

// plain says what has changed: a link that became ready, or that has a reason to be told. What was ready at the first look
// is no news.
func (d *Display) plain(lines []Line) {
	before := map[string]Line{}
	for _, l := range d.lines {
		before[l.Name] = l
	}
	for _, l := range lines {
		old := before[l.Name]
		switch {
		case l.Ready && !old.Ready && d.looked:
			d.say(fmt.Sprintf("%s is %s", l.Name, l.State))
		case l.Broken && (!old.Broken || old.Detail != l.Detail):
			d.sayOnce(fmt.Sprintf("%s is %s: %s", l.Name, l.State, ansi.Truncate(l.Detail, longest, "…")))
		}
	}
	d.looked = true
}

func (d *Display) say(text string) {
	fmt.Fprintf(d.out, "%6s  %s\n", clock(d.now().Sub(d.began)), text)
}

func (d *Display) sayOnce(text string) {
	if !d.said[text] {
		d.said[text] = true
		d.say(text)
	}
}

// End erases what was drawn in place. Nothing is shown any more.
func (d *Display) End() {
	close(d.stop)
	d.ended.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.erase()
}

// clock is a time since the beginning, as 4.2s or 2m03s.
func clock(t time.Duration) string {
	if t < time.Minute {
		return fmt.Sprintf("%.1fs", t.Seconds())
	}
	return fmt.Sprintf("%dm%02ds", int(t.Minutes()), int(t.Seconds())%60)
}
