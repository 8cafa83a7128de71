package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// A page that panics ends the program in order, with a file that says what happened.
func TestPanicWritesACrashFile(t *testing.T) {
	session, snapshots := example.Session(example.Healthy, 6)
	o := options(example.Healthy, 6)
	o.Open = example.Fixed(session)
	o.CrashDir = t.TempDir()
	s := uitest.Start(t, 100, 30, o).Version(1).See("6 links ready")
	snapshots <- nil // no source sends nil: the worst that one could do
	err := s.Ended()
	if err == nil || !strings.Contains(err.Error(), "chaintui crashed") {
		t.Fatalf("ended with %v", err)
	}
	files, _ := filepath.Glob(filepath.Join(o.CrashDir, "chaintui-crash-*.txt"))
	if len(files) != 1 {
		t.Fatalf("crash files: %v", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), "page chain") || !strings.Contains(string(text), "goroutine") {
		t.Errorf("%v\n%s", err, text)
	}
}

// The connection goes and comes back; what was there stays on screen.
func TestStaleAndBack(t *testing.T) {
	session, snapshots := example.Session(example.Healthy, 6)
	o := options(example.Healthy, 6)
	o.Open = example.Fixed(session)
	s := uitest.Start(t, 100, 30, o).Version(1).See("live · read-write")
	for version, kind := range []string{example.Stale, example.Healthy} {
		snap := example.Snapshot(kind, 6)
		snap.Version = uint64(version + 2)
		snapshots <- snap
		s.Version(snap.Version)
		if kind == example.Stale {
			s.See("stale since 12 s, retrying", "chain-link-5")
		} else {
			s.See("● live")
		}
	}
}
