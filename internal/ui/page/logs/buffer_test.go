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

// Where the level hides all lines there is nothing to stand on, and nothing to fall over.
func TestNoLineIsShown(t *testing.T) {
	p := New()
	p.buffer.least, p.follow = logline.Error, false
	for range 3 {
		p.take(batch{lines: lines(1, 5, "INFO")})
		p.Do(nil, "logs.follow")
	}
	p.take(batch{lines: lines(10, 1, "ERROR")})
	if p.cursor != 0 || p.buffer.at(0).Level != logline.Error {
		t.Errorf("cursor %d of %d", p.cursor, len(p.buffer.shown))
	}
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
