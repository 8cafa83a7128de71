package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// aside takes what others would write on the screen while the dashboard has it: the client library's log, warnings, and
// whatever a credential plugin prints. It goes to a log file, and what people should read becomes a notice.
type aside struct {
	log     io.Writer
	notices chan string

	file   *os.File
	stderr *os.File // the real one
	pipe   *os.File // what os.Stderr is meanwhile
	done   chan struct{}
}

// logLimit is the size in bytes above which the log file is begun anew.
const logLimit = 4 << 20

// divert begins to take it. Without a folder to write to, the log is dropped.
func divert() (*aside, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	d := &aside{log: io.Discard, notices: make(chan string, 16), stderr: os.Stderr, pipe: write, done: make(chan struct{})}
	if f := openLog(); f != nil {
		d.file, d.log = f, f
	}
	os.Stderr = write
	go func() {
		defer close(d.done)
		defer read.Close()
		lines := bufio.NewScanner(read)
		for lines.Scan() {
			d.say(lines.Text())
		}
		_, _ = io.Copy(io.Discard, read) // a line too long to scan must not block whoever writes it
	}()
	return d, nil
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

// restore gives the terminal back.
func (d *aside) restore() {
	os.Stderr = d.stderr
	_ = d.pipe.Close()
	<-d.done
	if d.file != nil {
		_ = d.file.Close()
	}
}
