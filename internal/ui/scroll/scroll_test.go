package scroll

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Ten lines in a window of four.
func TestTheWindowStaysOnItsLines(t *testing.T) {
	for _, test := range []struct {
		do   string // actions
		want int    // first line on screen
	}{
		{"", 0}, {"up", 0}, {"down", 1}, {"down down up", 1}, {"pagedown", 3}, {"pagedown pageup", 0},
		{"bottom", 6}, {"bottom down", 6}, {"bottom up", 5}, {"bottom top", 0}, {"down open", 1},
	} {
		var w Window
		w.Show(4, 10)
		for _, id := range strings.Fields(test.do) {
			if done := w.Do(id); done == (id == "open") {
				t.Errorf("%q: %s: %v", test.do, id, done)
			}
		}
		if w.Top != test.want {
			t.Errorf("%q: at line %d, want %d", test.do, w.Top, test.want)
		}
	}
}

func TestKeysOfTheWindow(t *testing.T) {
	for key, want := range map[string]string{"j": "down", "k": "up", "space": "pagedown", "ctrl+b": "pageup", "G": "bottom", "x": "", "enter": ""} {
		if got := Action(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// Lines that went while the window was at their end take it with them.
func TestDrawShowsWhatTheWindowIsOn(t *testing.T) {
	lines := 10
	draw := func(c canvas.Canvas, y int) int {
		for i := range lines {
			c.Text(0, y+i, string(rune('a'+i)), theme.Text)
		}
		return y + lines
	}
	w := Window{Top: 6, Lines: 10, Height: 4}
	for _, want := range []string{"ghij", "cdef"} {
		c := canvas.New(3, 4)
		w.Draw(c, draw)
		var got strings.Builder
		for _, line := range strings.Split(strings.TrimSpace(c.String()), "\n") {
			got.WriteString(line[:1])
		}
		if got.String() != want {
			t.Errorf("%q on screen, want %q", got.String(), want)
		}
		lines = 6
	}
}

// However long a line is, it does not touch the scrollbar.
func TestTextKeepsAwayFromTheScrollbar(t *testing.T) {
	var w Window
	c := canvas.New(10, 2)
	w.Draw(c, func(c canvas.Canvas, y int) int {
		for i := range 5 {
			c.Text(0, y+i, "0123456789", theme.Text)
		}
		return y + 5
	})
	if got := c.String(); got != "01234567 ┃\n01234567 │\n" {
		t.Errorf("%q", got)
	}
}
