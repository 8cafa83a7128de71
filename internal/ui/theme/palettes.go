package theme

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// palette is the colours of a theme as hex text; "" is the terminal's own.
type palette struct {
	muted, faint, border, accent, ok, warn, fail, dim string
	series, shade                                     [SeriesCount]string
	choose, glow, bar, mark, bright                   string
	page, paper                                       string
}

func (p palette) theme(name string) *Theme {
	t := &Theme{Name: name, text: [2]color.Color{hex(p.page), hex(p.paper)}}
	for i, c := range []string{"", p.muted, p.faint, p.border, p.accent, p.ok, p.warn, p.fail} {
		t.fore[i] = hex(c)
	}
	for i, c := range p.series {
		t.fore[int(Series)+i] = hex(c)
		t.fore[int(Shade)+i] = hex(p.shade[i])
	}
	t.fore[Dim] = hex(p.dim)
	for i, c := range []string{"", p.choose, p.glow, p.bar, p.mark, p.bright, p.choose} {
		t.back[i] = hex(c)
	}
	return t
}

// The series are Okabe and Ito's colours for people who can't tell red from green, lightened or darkened until they
// can be read on the theme's background.
var (
	dark = palette{
		muted: "#a6a6b3", faint: "#858592", border: "#4b4b57", accent: "#7cc7ff", ok: "#86d9a0", warn: "#f2c15c", fail: "#ff7f87", dim: "#5c5c68",
		series: [SeriesCount]string{"#56b4e9", "#e9a63a", "#35c29a", "#e6dc5c", "#d68fb8", "#9aa8ff", "#ee8b5c", "#b9b9c2"},
		shade:  [SeriesCount]string{"#2a5a75", "#7a5c2a", "#28705c", "#75703a", "#70506a", "#4f5682", "#7d5038", "#5c5c66"},
		choose: "#30303a", glow: "#2c3626", bar: "#232329", mark: "#413509", bright: "#7cc7ff",
		page: "#d8d8d8", paper: "#18181b",
	}.theme(Dark)

	light = palette{
		muted: "#55555f", faint: "#6b6b76", border: "#bdbdc6", accent: "#0a62a8", ok: "#17743a", warn: "#8a5200", fail: "#b91c2b", dim: "#a3a3ad",
		series: [SeriesCount]string{"#0067a6", "#9c5700", "#00735a", "#776800", "#a0427a", "#4a52c0", "#ab3f00", "#5a5a62"},
		shade:  [SeriesCount]string{"#a9cfe8", "#ecd0a2", "#a5d8c8", "#dcd59a", "#e0bdd2", "#c2c6ee", "#eec2aa", "#c9c9d0"},
		choose: "#e3e9f2", glow: "#e4efcf", bar: "#efeff2", mark: "#ffe9a3", bright: "#0a62a8",
		page: "#282828", paper: "#fdfdfa",
	}.theme(Light)

	basic = sixteen()
	none  = colourless()
)

// colourless has nothing but weight.
func colourless() *Theme {
	t := &Theme{
		Name: None, plain: true, text: [2]color.Color{hex("#d8d8d8"), hex("#18181b")},
		bold: map[Ink]bool{Fail: true, Warn: true, Accent: true}, weak: map[Ink]bool{Faint: true, Border: true, Dim: true},
	}
	for i := range SeriesCount {
		t.weak[Shade+Ink(i)] = true
	}
	return t
}

// sixteen uses only the terminal's own 16 colours, and of those only ones that are readable on most terminals' dark
// and light backgrounds. Backgrounds are reverse video.
func sixteen() *Theme {
	t := &Theme{Name: ANSI, plain: true, text: [2]color.Color{hex("#d8d8d8"), hex("#18181b")}, bold: map[Ink]bool{Fail: true, Warn: true}, weak: map[Ink]bool{Faint: true}}
	for token, c := range map[Ink]ansi.BasicColor{
		Border: ansi.BrightBlack, Accent: ansi.Cyan, OK: ansi.Green, Warn: ansi.Yellow, Fail: ansi.Red, Dim: ansi.BrightBlack,
		Series: ansi.Blue, Series + 1: ansi.Yellow, Series + 2: ansi.Cyan, Series + 3: ansi.Magenta,
		Series + 4: ansi.Green, Series + 5: ansi.BrightBlue, Series + 6: ansi.BrightMagenta, Series + 7: ansi.BrightCyan,
	} {
		t.fore[token] = c
	}
	for i := range SeriesCount {
		t.fore[Shade+Ink(i)] = ansi.BrightBlack
	}
	return t
}
