package ui_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

var sizes = [][2]int{{80, 24}, {120, 40}, {200, 60}}

// views are the pages, and the keys that lead there.
var views = []struct {
	name string
	keys []string
	see  string // for what comes in its own time
}{
	{"chain", nil, ""},
	{"pods", []string{"2"}, ""},
	{"traces", []string{"3"}, ""},
	{"waterfall", []string{"3", "enter", "down", "down"}, ""},
	{"compare", []string{"3", "enter", "m"}, ""},
	{"flame", []string{"3", "enter", "F"}, ""},
	{"events", []string{"4"}, ""},
	{"logs", []string{"5"}, "INFO"},
	{"help", []string{"6"}, ""},
	{"resize", []string{"r", "8", "enter"}, ""},
	{"fault", []string{"right", "f", "tab", "tab", "5", "0", "m", "s", "down", "9", "0", "m", "s", "down", "down", "5", "%"}, ""},
	{"palette", []string{":"}, ""},
}

func TestGoldenPages(t *testing.T) {
	for _, v := range views {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", v.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s := uitest.Start(t, size[0], size[1], options(example.Slow, 6)).Version(1).Press(v.keys...)
				if v.see != "" {
					s.Await(soon, v.see)
				}
				uitest.Golden(t, name+".txt", s.Text())
			})
		}
	}
}

func TestGoldenStates(t *testing.T) {
	for _, kind := range example.States() {
		for _, links := range []int{6, 30, 200, 400} {
			if links > 6 && kind != example.Healthy && kind != example.Failing {
				continue
			}
			for _, size := range [][2]int{{80, 24}, {100, 30}} {
				if links > 6 && size[0] == 80 {
					continue
				}
				name := fmt.Sprintf("state-%s-%d-%dx%d", kind, links, size[0], size[1])
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					o := options(kind, links)
					o.Login = func(context.Context, string, string, io.Reader, io.Writer) error { return nil }
					uitest.Golden(t, name+".txt", uitest.Start(t, size[0], size[1], o).Version(1).Text())
				})
			}
		}
	}
}

// Every page where there is nothing, much, something wrong, or no API server any more.
func TestGoldenPagesInEveryState(t *testing.T) {
	for _, v := range views {
		if !slices.Contains([]string{"pods", "traces", "events", "logs"}, v.name) {
			continue
		}
		for kind, links := range map[string]int{example.Empty: 6, example.Stale: 6, example.Failing: 200, example.Errors: 6} {
			name := fmt.Sprintf("%s-%s-%d-80x24", v.name, kind, links)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s := uitest.Start(t, 80, 24, options(kind, links)).Version(1).Press(v.keys...)
				if v.see != "" {
					s.Await(soon, v.see)
				}
				uitest.Golden(t, name+".txt", s.Text())
			})
		}
	}
}

func TestGoldenThemes(t *testing.T) {
	for name, profile := range map[string]colorprofile.Profile{
		theme.Dark: colorprofile.TrueColor, theme.Light: colorprofile.TrueColor, theme.ANSI: colorprofile.ANSI, theme.None: colorprofile.ASCII,
	} {
		for _, v := range views {
			if !slices.Contains([]string{"chain", "pods", "waterfall"}, v.name) {
				continue
			}
			t.Run(name+"-"+v.name, func(t *testing.T) {
				t.Parallel()
				o := options(example.Errors, 6)
				o.Theme, o.Profile = name, profile
				uitest.Golden(t, "theme-"+name+"-"+v.name+".ansi", uitest.Start(t, 80, 24, o).Version(1).Press(v.keys...).ANSI())
			})
		}
	}
}

var screens = flag.String("screens", "", "folder for pictures of all pages")

// TestScreens draws the pictures for the docs; without -screens it only tries one.
func TestScreens(t *testing.T) {
	folder := *screens
	for _, v := range views {
		for _, th := range []string{theme.Dark, theme.Light} {
			if folder == "" && (v.name != "chain" || th != theme.Dark) {
				continue
			}
			saved := t.TempDir()
			o := options(example.Slow, 6)
			o.Theme, o.SaveDir = th, saved
			s := uitest.Start(t, 110, 32, o).Version(1).Press(v.keys...)
			if v.see != "" {
				s.Await(soon, v.see)
			}
			s.Press("ctrl+s").Settle()
			found, err := filepath.Glob(filepath.Join(saved, "*.svg"))
			if err != nil || len(found) != 1 {
				t.Fatalf("%s: %v, %v", v.name, found, err)
			}
			if folder == "" {
				continue
			}
			picture, err := os.ReadFile(found[0])
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, v.name+"-"+th+".svg"), picture, 0o644) //nolint:gosec // docs
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
