package build

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// bar shows a Progress: one line that is redrawn on a terminal, a line every
// quarter of a minute elsewhere.
type bar struct {
	out      io.Writer
	animate  bool
	mutex    sync.Mutex
	progress *Progress
	start    time.Time
	end      chan struct{}
	ended    sync.WaitGroup
}

func newBar(out io.Writer, animate bool, progress *Progress) *bar {
	b := &bar{out: out, animate: animate, progress: progress, start: time.Now(), end: make(chan struct{})}
	period := 15 * time.Second
	if animate {
		period = 200 * time.Millisecond
	}
	b.ended.Go(func() {
		ticks := time.NewTicker(period)
		defer ticks.Stop()
		for {
			b.draw()
			select {
			case <-ticks.C:
			case <-b.end:
				return
			}
		}
	})
	return b
}

func (b *bar) compiled(line string) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.progress.Line(line)
}

func (b *bar) draw() {
	b.mutex.Lock()
	text, fraction := b.progress.Text(time.Since(b.start)), b.progress.Fraction()
	b.mutex.Unlock()
	const width = 30
	filled := int(fraction * width)
	line := "building [" + strings.Repeat("#", filled) + strings.Repeat(".", width-filled) + "] " + text
	if b.animate {
		fmt.Fprintf(b.out, "\r\x1b[K%s", line)
	} else {
		fmt.Fprintln(b.out, line)
	}
}

// stop ends it; a verb is followed by what was done in how much time.
func (b *bar) stop(verb string) {
	close(b.end)
	b.ended.Wait()
	if b.animate {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
	if verb != "" {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		fmt.Fprintf(b.out, "%s %d packages in %s\n", verb, b.progress.done, time.Since(b.start).Round(time.Second))
	}
}
