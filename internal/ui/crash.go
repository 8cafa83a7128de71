package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
)

// writeCrash writes what is known of a panic into a file, and returns its name.
func (m *model) writeCrash(what any, stack []byte) string {
	dir := m.options.CrashDir
	if dir == "" {
		dir = os.TempDir()
	}
	name := filepath.Join(dir, "chaintui-crash-"+time.Now().Format("20060102-150405")+".txt")
	text := fmt.Sprintf("chaintui %s\n%v\nlast message: %s\nscreen %dx%d, page %s\n\n%s\n", m.options.Version, what, m.last, m.w, m.h, m.page().ID(), stack)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		return ""
	}
	return name
}

// crash is a panic that was caught, after its crash file was written.
type crash struct {
	what any
	file string
}

func (c *crash) Error() string {
	text := fmt.Sprintf("chaintui crashed: %v", c.what)
	if c.file != "" {
		text += "; what is known about it is in " + c.file
	}
	return text
}

// caught turns a panic into an orderly end: the terminal is restored as on any other.
func (m *model) caught(cmd *tea.Cmd) {
	if r := recover(); r != nil {
		m.crash = &crash{r, m.writeCrash(r, debug.Stack())}
		*cmd = tea.Quit
	}
}
