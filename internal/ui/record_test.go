package ui_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/cast"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/terminal"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// A recording, played on another terminal, ends with the same screen.
func TestARecordingShowsWhatWasShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.cast")
	var size atomic.Value
	size.Store([2]int{100, 30})
	var recorder *cast.Recorder
	s := uitest.Start(t, 100, 30, options(example.Slow, 6), func(terminal io.Writer) io.Writer {
		r, err := cast.Create(path, terminal, cast.Options{Size: func() (int, int) {
			now := size.Load().([2]int) //nolint:forcetypeassert // stored above
			return now[0], now[1]
		}})
		if err != nil {
			t.Fatal(err)
		}
		recorder = r
		return r
	}).Version(1)
	s.See("▲ slow").Press("3", "enter").See("11 spans in 6 rows")
	size.Store([2]int{80, 24})
	live := s.Resize(80, 24).Press("down", "down").ANSI()
	if err := recorder.End(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(live, play(t, path)); diff != "" {
		t.Error(diff)
	}
}

// play is the last screen of a recording.
func play(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := json.NewDecoder(bufio.NewReader(f))
	var header struct{ Version, Width, Height int }
	if err := lines.Decode(&header); err != nil || header.Version != 2 {
		t.Fatal(err, header)
	}
	screen := terminal.NewScreen(header.Width, header.Height, io.Discard)
	defer screen.Close()
	for lines.More() {
		var event [3]any
		if err := lines.Decode(&event); err != nil {
			t.Fatal(err)
		}
		data := fmt.Sprint(event[2])
		switch event[1] {
		case "o": // as uitest's terminal takes it
			_, err = screen.Write([]byte(strings.ReplaceAll(data, "\n", "\r\n")))
		case "r":
			var w, h int
			_, err = fmt.Sscanf(data, "%dx%d", &w, &h)
			screen.Resize(w, h)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return screen.Coloured()
}
