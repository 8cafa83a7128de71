package theme

import (
	"image/color"
	"math"
	"testing"
)

// Text has a contrast of at least 4.5:1 (WCAG 2.1, level AA) against the page and against the chosen row.
func TestContrast(t *testing.T) {
	for _, th := range []*Theme{dark, light} {
		_, paper := th.Page()
		inks := []Ink{Muted, Faint, Accent, OK, Warn, Fail}
		for i := range SeriesCount {
			inks = append(inks, Of(i))
		}
		for _, k := range inks {
			if got := contrast(th.Fore(k), paper); got < 4.5 {
				t.Errorf("%s: token %d on the page: contrast %.2f", th.Name, k, got)
			}
		}
		for _, ground := range []Ink{Select, Bar, Glow, Mark} {
			for _, k := range []Ink{Accent, OK, Warn, Fail} {
				if got := contrast(th.Fore(k), th.Back(ground)); got < 4.5 {
					t.Errorf("%s: token %d on ground %d: contrast %.2f", th.Name, k, ground>>8, got)
				}
			}
		}
		for _, k := range inks {
			if got := contrast(th.Fore(k|Select), th.Back(Select)); got < 4.5 {
				t.Errorf("%s: token %d on the chosen row: contrast %.2f", th.Name, k, got)
			}
		}
	}
}

// A terminal that does not tell its background may have another than was guessed: what has a ground of ours is readable there
// too.
func TestTextOnAGroundHasAColourOfItsOwn(t *testing.T) {
	for _, th := range []*Theme{dark, light} {
		for _, ground := range []Ink{Select, Bar, Glow, Mark, Bright} {
			if c := th.Fore(Text | ground); c == nil || contrast(c, th.Back(ground)) < 4.5 {
				t.Errorf("%s: text on ground %d is %v", th.Name, ground>>8, c)
			}
		}
		if th.Fore(Text) != nil {
			t.Errorf("%s: text on the page is not the terminal's own", th.Name)
		}
	}
}

func TestWithoutColourAllGroundsShow(t *testing.T) {
	for _, ground := range []Ink{Select, Bar, Mark, Bright, Glow} {
		if none.SGR(Text|ground) == "" {
			t.Errorf("ground %d does not show without colour", ground>>8)
		}
	}
	if none.Fore(Fail) != nil {
		t.Error("the theme without colour has one")
	}
}

// Without colours of their own, grounds are reverse video: there the cursor in a line of a form is not, and neither are
// bars in a chosen row, which would be holes.
func TestReverseVideoOverReverseVideo(t *testing.T) {
	for _, th := range []*Theme{dark, light, basic, none} {
		if th.SGR(Text|Bar) == th.SGR(Text|Bar|Reverse) {
			t.Errorf("%s: the cursor of a form does not show", th.Name)
		}
		if th.plain && th.SGR(Accent|Track) != th.SGR(Accent) {
			t.Errorf("%s: a bar of the chosen row is drawn as %q", th.Name, th.SGR(Accent|Track))
		}
	}
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}
