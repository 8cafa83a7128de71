package main

import (
	"fmt"
	"os"

	"charm.land/lipgloss/v2"
	"golang.org/x/term"

	"github.com/chaintui/chaintui/internal/traces/paint"
)

// palettes are what --theme names.
var palettes = map[string]*paint.Palette{"dark": &paint.Dark, "light": &paint.Light, "16": &paint.Basic, "none": nil}

// palette is the one that the user named, or else the one that suits the terminal's ground. Nil is for no colour.
func (a *app) palette(theme string) (*paint.Palette, error) {
	if theme != "" && theme != "auto" {
		p, known := palettes[theme]
		if !known {
			return nil, usage{fmt.Errorf("--theme %q: want auto, dark, light, 16, or none", theme)}
		}
		return p, nil
	}
	switch {
	case !a.terminal(a.out).Color:
		return nil, nil
	case a.light():
		return &paint.Light, nil
	}
	return &paint.Dark, nil
}

// light asks the terminal for its ground. One that can't be asked, or doesn't answer, is taken for dark.
func (a *app) light() bool {
	in, _ := a.in.(*os.File)
	out, _ := a.out.(*os.File)
	if in == nil || out == nil || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return false
	}
	return !lipgloss.HasDarkBackground(in, out)
}
