package canvas

import (
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// inks are what the tokens of painted lines look like here.
var inks = map[paint.Token]theme.Ink{
	paint.Text: theme.Text, paint.Strong: theme.Text | theme.Bold, paint.Muted: theme.Muted, paint.Faint: theme.Faint,
	paint.Accent: theme.Accent, paint.OK: theme.OK, paint.Warn: theme.Warn, paint.Fail: theme.Fail, paint.Select: theme.Text | theme.Select,
}

// Paint draws a painted line at x, y, and returns the column after it.
func (c Canvas) Paint(x, y int, line paint.Line) int {
	for _, r := range line {
		ink := inks[r.Token]
		switch {
		case r.Token >= paint.Shade:
			ink = theme.Shade + theme.Ink(r.Token-paint.Shade)
		case r.Token >= paint.Series:
			ink = theme.Series + theme.Ink(r.Token-paint.Series)
		}
		if r.Bold {
			ink |= theme.Bold
		}
		if r.Inverse {
			ink |= theme.Reverse
		}
		x = c.Text(x, y, r.Text, ink)
	}
	return x
}
