package logs

import (
	"fmt"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/logline"
)

func lines(from, n int, text string) (list []feed.LogLine) {
	for i := range n {
		list = append(list, feed.LogLine{Time: time.Unix(int64(from+i), 0), Text: fmt.Sprintf("%s %d", text, from+i)})
	}
	return list
}

// The cursor stays on its line when others are put above it, or make room for newer ones, also where few are shown.
func TestTheCursorStaysOnItsLine(t *testing.T) {
	for name, least := range map[string]logline.Level{"all": logline.Unknown, "only errors": logline.Error} {
		t.Run(name, func(t *testing.T) {
			p := New()
			p.buffer.least = least
			take := func(more []feed.LogLine) { p.take(batch{lines: more}) }
			take(lines(5000, kept-1, "ERROR own"))
			p.follow, p.cursor = false, kept-100
			on := p.buffer.at(p.cursor).Raw
			take(lines(100, 3, "ERROR late"))
			take(lines(50000, 500, "INFO newer"))
			if got := p.buffer.at(p.cursor).Raw; got != on || p.buffer.gone == 0 {
				t.Errorf("on %q, was on %q; %d gone", got, on, p.buffer.gone)
			}
		})
	}
}
