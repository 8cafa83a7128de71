package report

import (
	"strings"

	"github.com/chaintui/chaintui/internal/traces/paint"
)

// level is how far a gauge reaches, in its own colour.
type level struct {
	value int64
	token paint.Token
}

// gauge is a thin bar, width cells wide for most, drawn in halves of a cell. Levels reach on from one another: the
// second is seen from where the first ends. What is more than nothing is at least half a cell.
func gauge(width int, most int64, levels ...level) paint.Line {
	var line paint.Line
	at := 0
	for _, l := range levels {
		to := halves(l.value, most, width)
		if to <= at {
			continue
		}
		cells := strings.Repeat("━", (to-at)/2)
		if (to-at)%2 == 1 {
			cells += "╸"
			to++
		}
		line = append(line, paint.Say(l.token, cells))
		at = to
	}
	return append(line, paint.Say(paint.Text, strings.Repeat(" ", max(width-at/2, 0))))
}

func halves(value, most int64, width int) int {
	if most <= 0 || value <= 0 {
		return 0
	}
	n := int(float64(value) / float64(most) * float64(2*width))
	return min(max(n, 1), 2*width)
}
