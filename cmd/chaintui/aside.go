package main

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// aside takes what others would write on the screen while the dashboard has it: the client library's log, warnings, and
// whatever a credential plugin prints. It goes to a log file, and what people should read becomes a notice.
type aside struct {
	log     io.Writer
	notices chan string

	file   *os.File
	stdin  *os.File // the real ones
	stderr *os.File
	null   *os.File // what os.Stdin is meanwhile: nobody but the dashboard is to read keys
	pipe   *os.File // what os.Stderr is meanwhile
	done   chan struct{}

	mu   sync.Mutex
	lent bool // what is written goes to the terminal
	line []byte
}

// logLimit is the size in bytes above which the log file is begun anew.
const logLimit = 4 << 20

// divert begins to take it. Without a folder to write to, the log is dropped.
func divert() (*aside, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	d := &aside{
		log: io.Discard, notices: make(chan string, 16), done: make(chan struct{}),
		stdin: os.Stdin, stderr: os.Stderr, null: null, pipe: write,
	}
	if f := openLog(); f != nil {
		d.file, d.log = f, f
	}
	os.Stdin, os.Stderr = null, write
	go func() {
		defer close(d.done)
		defer read.Close()
		_, _ = io.Copy(hearer{d}, read)
		d.mu.Lock()
		defer d.mu.Unlock()
		d.flush()
	}()
	return d, nil
}

// hearer hears what is written: on the terminal while that is lent, else line by line as notices.
type hearer struct{ *aside }

// longLine is the length in bytes at which a line that does not end is told as it is.
const longLine = 4 << 10

func (h hearer) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lent {
		_, _ = h.stderr.Write(p)
		return len(p), nil
	}
	for _, b := range p {
		if b != '\n' {
			h.line = append(h.line, b)
		}
		if b == '\n' || len(h.line) >= longLine {
			h.flush()
		}
	}
	return len(p), nil
}

func (d *aside) flush() {
	if len(d.line) > 0 {
		d.say(string(d.line))
	}
	d.line = d.line[:0]
}

// lend lets others read keys from the terminal and write on it, until giveBack is called.
func (d *aside) lend(terminal io.Reader) (giveBack func()) {
	set := func(stdin *os.File, lent bool) {
		d.mu.Lock()
		defer d.mu.Unlock()
		os.Stdin, d.lent = stdin, lent
	}
	stdin, ok := terminal.(*os.File)
	if !ok {
		stdin = d.stdin
	}
	set(stdin, true)
	return func() { set(d.null, false) }
}

// input is where the dashboard reads keys: nil for the controlling terminal, when stdin is something else.
func (d *aside) input() io.Reader {
	if term.IsTerminal(int(d.stdin.Fd())) {
		return d.stdin
	}
	return nil
}

func openLog() *os.File {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	folder := filepath.Join(cache, "chaintui")
	if os.MkdirAll(folder, 0o700) != nil {
		return nil
	}
	path := filepath.Join(folder, "dashboard.log")
	mode := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		mode |= os.O_TRUNC
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if err != nil {
		return nil
	}
	return f
}

// say makes a notice; when nobody reads them as fast, only the log has it.
func (d *aside) say(text string) {
	_, _ = io.WriteString(d.log, sanitise.Line(text)+"\n")
	select {
	case d.notices <- sanitise.Line(text):
	default:
	}
}

// patience is how long what others have written last is waited for.
const patience = time.Second

// restore gives the terminal back.
func (d *aside) restore() {
	os.Stdin, os.Stderr = d.stdin, d.stderr
	_ = d.pipe.Close()
	select {
	case <-d.done:
	case <-time.After(patience): // a plugin, or what it started, still has the other end
	}
	_ = d.null.Close()
	if d.file != nil {
		_ = d.file.Close()
	}
}
