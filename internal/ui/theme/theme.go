package theme

import (
	"fmt"
	"image/color"
	"os"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Dim is the foreground of a page that lies under a dialog.
const Dim Ink = Ink(tokens)

// Theme is a set of colours for all tokens. Make one with Named; it is read-only and may be shared.
type Theme struct {
	Name  string
	plain bool // no colour at all: backgrounds become reverse video
	fore  [tokens + 1]color.Color
	back  [grounds]color.Color
	text  [2]color.Color // foreground and background of the page, for pictures
	bold  map[Ink]bool   // tokens that stand out by weight where colours are few
	weak  map[Ink]bool   // tokens that are quiet by weight there
}

// The names of the themes. Auto asks the terminal whether it is dark.
const (
	Auto  = "auto"
	Dark  = "dark"
	Light = "light"
	ANSI  = "16"
	None  = "none"
)

// Names are the themes that --theme takes.
func Names() []string { return []string{Auto, Dark, Light, ANSI, None} }

// Named is a theme by its name. Auto is the dark one until the terminal has answered.
func Named(name string) (*Theme, error) {
	switch name {
	case Auto, "", Dark:
		return dark, nil
	case Light:
		return light, nil
	case ANSI:
		return basic, nil
	case None:
		return none, nil
	}
	return nil, fmt.Errorf("theme %q: want one of %s", name, strings.Join(Names(), ", "))
}

// NoColor tells whether the environment asks for no colour: any value of NO_COLOR that is not empty (no-color.org).
func NoColor() bool { return os.Getenv("NO_COLOR") != "" }

// SGR is the escape sequence that switches a terminal from no style to this ink; empty for plain text.
func (t *Theme) SGR(k Ink) string {
	var s ansi.Style
	attributes := k & attributesMask
	if t.bold[k.Token()] {
		attributes |= Bold
	}
	attributes &^= Reverse
	if t.Reversed(k) {
		attributes |= Reverse
	}
	if t.plain && k.Ground() == Glow {
		attributes |= Bold
	}
	if attributes&Bold != 0 {
		s = s.Bold()
	} else if t.weak[k.Token()] {
		s = s.Faint()
	}
	if attributes&Underline != 0 {
		s = s.Underline(true)
	}
	if attributes&Reverse != 0 {
		s = s.Reverse(true)
	}
	if c := t.Fore(k); c != nil {
		s = s.ForegroundColor(c)
	}
	if c := t.Back(k); c != nil {
		s = s.BackgroundColor(c)
	}
	if len(s) == 0 {
		return ""
	}
	return s.String()
}

// Reversed tells whether the ink is in reverse video: of itself, or in place of a background; both together are neither.
func (t *Theme) Reversed(k Ink) bool {
	reversed := k&Reverse != 0
	switch k.Ground() {
	case 0, Glow, Track:
		return reversed
	}
	return reversed != t.plain
}

// Fore is the ink's foreground; nil for the terminal's own.
func (t *Theme) Fore(k Ink) color.Color {
	switch ground := k.Ground(); {
	case ground == Bright && t.back[Bright>>8] != nil:
		return t.text[1]
	case ground == Select && k.Token() == Faint: // it could not be read there
		return t.fore[Muted]
	case k.Token() == Text && t.Back(k) != nil: // the terminal's own is for its own background, which may not be what it was taken for
		return t.text[0]
	}
	return t.fore[min(int(k.Token()), tokens)]
}

// Back is the ink's background; nil for the terminal's own.
func (t *Theme) Back(k Ink) color.Color { return t.back[min(int(k.Ground()>>8), grounds-1)] }

// Page is the foreground and background that pictures of the screen have where the terminal's own would show.
func (t *Theme) Page() (fore, back color.Color) { return t.text[0], t.text[1] }

func hex(s string) color.Color {
	if s == "" {
		return nil
	}
	return lipgloss.Color(s)
}
