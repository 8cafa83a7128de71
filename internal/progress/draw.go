package progress

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The few escape sequences in use: up n rows, erase to the end of the screen, colours.
const (
	up    = "\x1b[%dA"
	erase = "\r\x1b[J"
	green = "\x1b[32m"
	red   = "\x1b[31m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

// erase removes the last frame.
func (d *Display) erase() {
	if d.drawn > 0 {
		fmt.Fprintf(d.out, up, d.drawn)
		fmt.Fprint(d.out, erase)
		d.drawn = 0
	}
}

// draw writes a frame over the last one, in one write so that it does not flicker.
func (d *Display) draw() {
	columns, rows := d.terminal.Size()
	frame := d.frame(max(columns, 20), max(rows, 4))
	var b strings.Builder
	if d.drawn > 0 {
		fmt.Fprintf(&b, up, d.drawn)
	}
	b.WriteString(erase)
	for _, row := range frame {
		b.WriteString(row)
		b.WriteByte('\n')
	}
	d.drawn = len(frame)
	fmt.Fprint(d.out, b.String())
}

// frame is what is on screen: the links that fit, those that want to be seen first, and the total.
func (d *Display) frame(columns, rows int) []string {
	shown, more := d.choose(rows - 3)
	var frame []string
	width := 0
	for _, l := range shown {
		width = max(width, len(l.Name))
	}
	for _, l := range shown {
		text := fmt.Sprintf("  %s %-*s  %s", mark(l), width, l.Name, l.State)
		if l.Detail != "" && !l.Ready {
			text += "  " + l.Detail
		}
		frame = append(frame, d.paint(colour(l), ansi.Truncate(text, columns-1, "…")))
	}
	if more > 0 {
		frame = append(frame, d.paint(dim, fmt.Sprintf("    and %d more", more)))
	}
	return append(frame, ansi.Truncate(d.summary(), columns-1, "…"))
}

// choose picks the lines that fit: broken ones first, then those on their way, then ready ones; in the chain's order.
func (d *Display) choose(room int) (shown []Line, more int) {
	if len(d.lines) <= room {
		return d.lines, 0
	}
	at := make([]int, len(d.lines))
	for i := range at {
		at[i] = i
	}
	urgency := func(i int) int {
		switch l := d.lines[i]; {
		case l.Broken:
			return 0
		case !l.Ready:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(urgency(a), urgency(b)) })
	at = at[:max(room, 0)]
	slices.Sort(at)
	for _, i := range at {
		shown = append(shown, d.lines[i])
	}
	return shown, len(d.lines) - len(shown)
}

// summary is the last row: what is being done, how much of it is, and the time.
func (d *Display) summary() string {
	text := cmp.Or(d.step, "working")
	if d.total > 0 {
		text += fmt.Sprintf("  %d/%d", d.done, d.total)
	}
	if n := len(d.lines); n > 0 {
		ready := 0
		for _, l := range d.lines {
			if l.Ready {
				ready++
			}
		}
		text += fmt.Sprintf("  ·  %d of %d ready", ready, n)
	}
	return text + "  ·  " + clock(d.now().Sub(d.began))
}

// mark tells the state without colour.
func mark(l Line) string {
	switch {
	case l.Ready:
		return "✓"
	case l.Broken:
		return "✗"
	}
	return "·"
}

func colour(l Line) string {
	switch {
	case l.Ready:
		return green
	case l.Broken:
		return red
	}
	return ""
}

func (d *Display) paint(colour, text string) string {
	if !d.terminal.Color || colour == "" {
		return text
	}
	return colour + text + plain
}
