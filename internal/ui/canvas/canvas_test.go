package canvas

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/ui/theme"
)

func TestWideCharactersKeepColumns(t *testing.T) {
	c := New(8, 1)
	c.Text(0, 0, "a語b", theme.Text)
	c.Text(2, 0, "x", theme.Text) // breaks the wide one
	c.Text(7, 0, "語", theme.Text) // has no room
	if got := c.String(); got != "a xb\n" {
		t.Errorf("%q", got)
	}
}

// What is drawn over a part of a row leaves every row as wide as it was, wherever it cuts wide characters in two.
func TestWideCharactersAreCutCleanly(t *testing.T) {
	for name, draw := range map[string]func(Canvas){
		"put":   func(c Canvas) { c.Text(0, 0, "xxxxxx"[:c.W()], theme.Text) },
		"wide":  func(c Canvas) { c.Text(0, 0, "語", theme.Text) },
		"clear": Canvas.Clear,
		"box":   func(c Canvas) { c.Clear(); c.Box("", theme.Border, theme.Text) },
	} {
		for at := range 8 {
			for w := 1; w <= 6; w++ {
				c := New(8, 2)
				for y := range 2 {
					c.Text(0, y, "語語語語", theme.Text)
				}
				draw(c.Sub(at, 0, w, 2))
				for y := range 2 {
					width := 0
					for x := range 8 {
						p := c.at(x, y)
						if width += int(p.width); p.width == 0 && (x == 0 || c.at(x-1, y).width != 2) {
							t.Errorf("%s at %d, %d wide: half a character is left at %d", name, at, w, x)
						}
					}
					if width != 8 {
						t.Errorf("%s at %d, %d wide: the row has %d cells", name, at, w, width)
					}
				}
			}
		}
	}
}

func TestSubClips(t *testing.T) {
	c := New(6, 3)
	in := c.Sub(1, 1, 3, 1)
	in.Text(-1, 0, "abcdefgh", theme.Text)
	in.Text(0, 1, "below", theme.Text)
	if got := c.String(); got != "\n bcd\n\n" {
		t.Errorf("%q", got)
	}
	c.Sub(-5, -5, 100, 100).Ground(theme.Select)
	Canvas{}.Text(0, 0, "nowhere", theme.Text)
	Canvas{}.Box("", theme.Border, theme.Text).Ground(theme.Select)
}

func TestZonesLieOverEachOther(t *testing.T) {
	c := New(10, 4)
	c.Zone("page")
	c.Sub(2, 1, 3, 1).Zone("row")
	if c.Hit(2, 1).ID != "row" || c.Hit(0, 0).ID != "page" || c.Hit(50, 50).ID != nil {
		t.Error("wrong zone")
	}
	c.ClearZones()
	if c.Hit(2, 1).ID != nil {
		t.Error("a cleared zone reacts")
	}
}

func TestSVGEscapes(t *testing.T) {
	c := New(12, 1)
	c.Text(0, 0, `<a href="&">`, theme.Fail)
	th, err := theme.Named(theme.Dark)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.SVG(th); strings.Contains(got, "<a ") || !strings.Contains(got, "&lt;a href=") {
		t.Error(got)
	}
}

func FuzzCuts(f *testing.F) {
	f.Add("chain-link-deployment-2-6c9f7d54b8-m9w4t", 20)
	f.Add("日本語e\u0301🇩🇪", 3)
	f.Add("\xff\x00\x1b[31m", 2)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w, s = w%200, strings.ToValidUTF8(s, "\uFFFD") // what is drawn has been sanitised; Text alone takes any bytes
		for _, got := range []string{Cut(s, w), Middle(s, w)} {
			if w >= 0 && Width(got) > w {
				t.Errorf("%q in %d cells is %q: %d", s, w, got, Width(got))
			}
		}
		if w > 0 && Width(Pad(s, w)) != w {
			t.Errorf("Pad(%q, %d) = %q", s, w, Pad(s, w))
		}
		c := New(max(w, 0), 1)
		c.Text(0, 0, s, theme.Text)
	})
}
