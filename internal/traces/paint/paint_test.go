package paint

import (
	"bytes"
	"strings"
	"testing"
)

func TestCutsKeepColumnsStraight(t *testing.T) {
	for _, s := range []string{"", "a", "chain-link-112", "日本語のサービス", "e\u0301e\u0301e\u0301e\u0301e\u0301", "a🚀b🚀c🚀d🚀", "🇩🇪🇫🇷🇯🇵"} {
		for width := range 20 {
			for name, got := range map[string]string{"Pad": Pad(s, width), "PadLeft": PadLeft(s, width), "Fit": Line{Say(Text, s)}.Fit(width).String()} {
				if Width(got) != width {
					t.Errorf("%s(%q, %d) = %q is %d wide", name, s, width, got, Width(got))
				}
			}
			if got := CutMiddle(s, width); Width(got) > width {
				t.Errorf("CutMiddle(%q, %d) = %q is %d wide", s, width, got, Width(got))
			}
		}
	}
	if got := CutMiddle("chain-link-service-112", 11); got != "chain…e-112" {
		t.Error(got)
	}
}

func TestWrite(t *testing.T) {
	line := Line{Say(Text, "a"), {Text: "▊", Token: Accent, Inverse: true}, Say(Accent, "██▍"), Say(Shade+1, "██▎"), Say(Fail, "✗ 語"), Say(Text, "  ")}
	for want, style := range map[string]Style{
		"a▕██▍▒▒▎✗ 語\n":       {},
		"a###" + "#===x ??\n": {ASCII: true},
		"a\x1b[7;36m▊\x1b[0m\x1b[36m██▍\x1b[0m\x1b[90m██▎\x1b[0m\x1b[31m✗ 語\x1b[0m\n": {Palette: &Basic},
	} {
		var b bytes.Buffer
		if err := Write(&b, []Line{line}, style); err != nil || b.String() != want {
			t.Errorf("%q, want %q", b.String(), want)
		}
	}
}

func TestNoEscapeCodesWithoutAPalette(t *testing.T) {
	var b bytes.Buffer
	lines := []Line{{Bold(Fail, "x"), {Text: "y", Token: Select, Inverse: true}}}
	_ = Write(&b, lines, Style{})
	_ = Write(&b, lines, Style{ASCII: true})
	if strings.Contains(b.String(), "\x1b") {
		t.Errorf("%q", b.String())
	}
}

func TestSeries(t *testing.T) {
	if SeriesOf("link-3") != 3 || SeriesOf("link-11") != 3 || SeriesOf("link-99999999999") >= SeriesLen || SeriesOf("") >= SeriesLen || SeriesOf("orders") >= SeriesLen {
		t.Error("colours")
	}
}

func TestASCIIKeepsColumnsStraight(t *testing.T) {
	for _, s := range []string{"🇩🇪🇫🇷", "👍🏽 ok", "e\u0301e\u0301", "한국어", "ไทยเก่", "क्षि", "\u0301x", "a…×", "1\u20e3"} {
		if got := ascii(Say(Text, s)); len(got) != Width(s) || strings.ContainsFunc(got, func(r rune) bool { return r > 0x7e }) {
			t.Errorf("%q is %d wide, and %q in ASCII", s, Width(s), got)
		}
	}
}
