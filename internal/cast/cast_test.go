package cast

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// disk is a file in memory that fails after so many writes.
type disk struct {
	bytes.Buffer
	writes, limit int
	closed        bool
}

var errFull = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	if d.writes++; d.limit > 0 && d.writes > d.limit {
		return 0, errFull
	}
	return d.Buffer.Write(p)
}

func (d *disk) Close() error { d.closed = true; return nil }

// recording records with a clock and a size that the test moves.
type recording struct {
	*Recorder
	disk
	screen        bytes.Buffer
	now           time.Time
	columns, rows int
	failures      []error
}

func record(t *testing.T, limit int) *recording {
	t.Helper()
	r := &recording{now: time.Unix(1_800_000_000, 0), columns: 80, rows: 24}
	r.limit = limit
	recorder, err := New(&r.disk, &r.screen, Options{
		Size:   func() (int, int) { return r.columns, r.rows },
		Env:    func(name string) string { return map[string]string{"TERM": "xterm-256color"}[name] },
		Failed: func(err error) { r.failures = append(r.failures, err) },
		Now:    func() time.Time { return r.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Recorder = recorder
	return r
}

func (r *recording) write(t *testing.T, text string) {
	t.Helper()
	if n, err := r.Recorder.Write([]byte(text)); n != len(text) || err != nil {
		t.Errorf("%d, %v; want %d bytes written", n, err, len(text))
	}
	r.now = r.now.Add(400 * time.Millisecond)
}

func TestRecording(t *testing.T) {
	r := record(t, 0)
	r.write(t, "\x1b[2J<a>\r\n")
	r.write(t, "½ "+"▶"[:2]) // a character cut in two
	r.columns, r.rows = 100, 30
	r.write(t, "▶"[2:]+"\xff!")
	r.write(t, "▶"[:1]) // never ended
	if err := r.End(); err != nil || !r.closed {
		t.Errorf("%v, closed: %v", err, r.closed)
	}
	r.write(t, "after it")
	want := `{"version":2,"width":80,"height":24,"timestamp":1800000000,"env":{"TERM":"xterm-256color"}}
[0,"o","\u001b[2J<a>\r\n"]
[0.4,"o","½ "]
[0.8,"r","100x30"]
[0.8,"o","▶\ufffd!"]
[1.6,"o","\ufffd"]
`
	if diff := cmp.Diff(want, r.String()); diff != "" {
		t.Error(diff)
	}
	if got := r.screen.String(); got != "\x1b[2J<a>\r\n½ ▶\xff!\xe2after it" {
		t.Errorf("the terminal got %q", got)
	}
}

func TestWhatIsOlderThanASecondIsOnTheDisk(t *testing.T) {
	r := record(t, 0)
	for _, text := range []string{"one", "two", "three"} {
		r.write(t, text)
	}
	if strings.Contains(r.String(), "one") {
		t.Error("each write goes to the disk")
	}
	if r.write(t, "four"); !strings.Contains(r.String(), "four") {
		t.Errorf("a second later the disk has only %s", r.String())
	}
}

func TestAFullDiskIsToldOnceAndStopsNothing(t *testing.T) {
	r := record(t, 1)
	for range 10 {
		r.write(t, "frame")
	}
	if len(r.failures) != 1 || !errors.Is(r.failures[0], errFull) || !errors.Is(r.End(), errFull) {
		t.Errorf("%v; want it told once", r.failures)
	}
	if got := strings.Count(r.screen.String(), "frame"); got != 10 {
		t.Errorf("%d of 10 frames were shown", got)
	}
}

func TestAFileThatCannotBeWrittenIsToldAtOnce(t *testing.T) {
	size := func() (int, int) { return 80, 24 }
	if _, err := Create(filepath.Join(t.TempDir(), "none", "a.cast"), &bytes.Buffer{}, Options{Size: size}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v; want that there is no such folder", err)
	}
	full := &disk{limit: -1}
	full.limit, full.writes = 1, 1
	if _, err := New(full, &bytes.Buffer{}, Options{Size: size}); !errors.Is(err, errFull) || !full.closed {
		t.Errorf("%v, closed: %v; want a full disk", err, full.closed)
	}
}
