// Package cast records what a program writes on a terminal as an asciicast v2: a header, then a line for each write and
// each change of the terminal's size, with the seconds since the beginning. asciinema and agg play it.
package cast

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
	"unicode/utf8"
)

// Options of a recording. Size is required.
type Options struct {
	Size   func() (columns, rows int) // of the terminal, now
	Env    func(name string) string   // TERM and SHELL are asked for; nil for none
	Failed func(error)                // told once when the recording can't go on; nil for nobody
	Now    func() time.Time           // nil for the clock
}

// Recorder is a writer to a terminal that keeps what goes by. What becomes of the recording is never an error of Write.
type Recorder struct {
	out     io.Writer
	options Options

	mu            sync.Mutex
	file          io.WriteCloser
	buffer        *bufio.Writer
	began         time.Time
	flushed       time.Time
	columns, rows int
	rest          string // the beginning of a character whose end has not been written yet
	ended         bool
	err           error
}

// flushEach is how much of a recording is lost at most when the program is killed, by the next write.
const flushEach = time.Second

// Create begins to record into a new file what is written to out. What was in the file is lost.
func Create(path string, out io.Writer, o Options) (*Recorder, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	return New(f, out, o)
}

// New begins to record into file, which it closes at the end. The header is written at once.
func New(file io.WriteCloser, out io.Writer, o Options) (*Recorder, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	r := &Recorder{out: out, options: o, file: file, buffer: bufio.NewWriter(file), began: o.Now()}
	r.columns, r.rows = o.Size()
	env := map[string]string{}
	for _, name := range []string{"TERM", "SHELL"} {
		if o.Env != nil && o.Env(name) != "" {
			env[name] = o.Env(name)
		}
	}
	header := struct {
		Version   int               `json:"version"`
		Width     int               `json:"width"`
		Height    int               `json:"height"`
		Timestamp int64             `json:"timestamp"`
		Env       map[string]string `json:"env,omitempty"`
	}{2, r.columns, r.rows, r.began.Unix(), env}
	r.line(header)
	r.flush(r.began)
	if r.err != nil {
		_ = file.Close()
	}
	return r, r.err
}

// Write writes to the terminal, and keeps what was written.
func (r *Recorder) Write(p []byte) (int, error) {
	n, err := r.out.Write(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(p[:n])
	return n, err
}

// End writes what is left, and closes the file. The error is the first one of the whole recording. What is written to
// the terminal after it is not recorded.
func (r *Recorder) End() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return r.err
	}
	if len(r.rest) > 0 {
		r.event("o", r.rest)
	}
	r.ended = true
	r.flush(r.options.Now())
	if err := r.file.Close(); r.err == nil {
		r.err = err
	}
	return r.err
}

func (r *Recorder) keep(p []byte) {
	if r.ended || r.err != nil {
		return
	}
	if columns, rows := r.options.Size(); columns != r.columns || rows != r.rows {
		r.columns, r.rows = columns, rows
		r.event("r", fmt.Sprintf("%dx%d", columns, rows))
	}
	text := r.rest + string(p)
	n := whole(text)
	r.rest = text[n:]
	if n > 0 {
		r.event("o", text[:n])
	}
	if now := r.options.Now(); now.Sub(r.flushed) >= flushEach {
		r.flush(now)
	}
	if r.err != nil && r.options.Failed != nil {
		r.options.Failed(r.err)
	}
}

// whole is how many bytes of s there are before a character that is cut off at its end.
func whole(s string) int {
	for n := len(s) - 1; n >= 0 && n >= len(s)-utf8.UTFMax; n-- {
		if utf8.RuneStart(s[n]) {
			if !utf8.FullRuneInString(s[n:]) {
				return n
			}
			break
		}
	}
	return len(s)
}

// event writes a line of a code and its data. Bytes that are no text become U+FFFD: the format is JSON.
func (r *Recorder) event(code, data string) {
	seconds := r.options.Now().Sub(r.began).Round(time.Microsecond).Seconds()
	r.line([3]any{seconds, code, data})
}

func (r *Recorder) line(value any) {
	encoder := json.NewEncoder(r.buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil && r.err == nil {
		r.err = err
	}
}

func (r *Recorder) flush(now time.Time) {
	r.flushed = now
	if err := r.buffer.Flush(); err != nil && r.err == nil {
		r.err = err
	}
}
