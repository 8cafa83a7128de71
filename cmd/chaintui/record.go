package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/chaintui/chaintui/internal/cast"
)

// recording is what --record asks for; nil without it.
type recording struct {
	*cast.Recorder
	terminal *os.File
	aside    atomic.Pointer[aside] // takes a notice, while the dashboard is there
}

// recorder begins the recording, so that a file that can't be written is told before the dashboard opens.
func (d *dashboard) recorder(a *app) (*recording, error) {
	if d.record == "" {
		return nil, nil
	}
	terminal, ok := a.out.(*os.File)
	if !ok {
		return nil, usage{errors.New("--record needs a terminal")}
	}
	r := &recording{terminal: terminal}
	c, err := cast.Create(d.record, terminal, cast.Options{
		Size: a.terminal(a.out).Size, Env: a.env,
		Failed: func(err error) {
			if to := r.aside.Load(); to != nil {
				to.say("the recording has stopped: " + err.Error())
			}
		},
	})
	if err != nil {
		return nil, usage{fmt.Errorf("can't record: %w", err)}
	}
	r.Recorder = c
	return r, nil
}

// tell makes notices of what goes wrong from now on.
func (r *recording) tell(to *aside) {
	if r != nil {
		r.aside.Store(to)
	}
}

// output is where the dashboard is to write; nil for the terminal as it is.
func (r *recording) output() io.Writer {
	if r == nil {
		return nil
	}
	return cast.Terminal{Recorder: r.Recorder, File: r.terminal}
}

// end completes the file.
func (r *recording) end(a *app) {
	if r == nil {
		return
	}
	if err := r.End(); err != nil {
		a.say("warning: the recording is not whole: %v", err)
	}
}
