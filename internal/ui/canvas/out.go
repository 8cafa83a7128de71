package canvas

import (
	"strings"

	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Terminal is the whole grid as lines with escape sequences, as Bubble Tea takes it.
func (c Canvas) Terminal(th *theme.Theme) string {
	if c.grid == nil {
		return ""
	}
	var b strings.Builder
	b.Grow(c.grid.w * c.grid.h * 3)
	sequences := map[theme.Ink]string{}
	for y := range c.grid.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		pen := theme.Text
		styled := false
		for _, p := range c.grid.cells[y*c.grid.w : (y+1)*c.grid.w] {
			if p.width == 0 {
				continue
			}
			if p.ink != pen {
				sequence, ok := sequences[p.ink]
				if !ok {
					sequence = th.SGR(p.ink)
					sequences[p.ink] = sequence
				}
				if styled {
					b.WriteString("\x1b[m")
				}
				b.WriteString(sequence)
				styled = sequence != ""
				pen = p.ink
			}
			b.WriteString(p.text)
		}
		if styled {
			b.WriteString("\x1b[m")
		}
	}
	return b.String()
}

// String is the whole grid as plain text, without blanks at the lines' ends.
func (c Canvas) String() string {
	if c.grid == nil {
		return ""
	}
	var b, line strings.Builder
	for y := range c.grid.h {
		line.Reset()
		for _, p := range c.grid.cells[y*c.grid.w : (y+1)*c.grid.w] {
			line.WriteString(p.text)
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}
