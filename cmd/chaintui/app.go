package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/progress"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// app is what the commands share: where they write, and what the user set.
type app struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	flags    config.Flags

	config *config.Config // once settings was called
	chain  string         // the namespace of the chain whose collector is asked; empty for any other collector
	deaf   func()         // makes signals mean nothing any more to the context that the command was started with
}

// run is the program: arguments in, exit code out.
func run(args, environ []string, in io.Reader, out, errs io.Writer) int {
	a := &app{in: in, out: out, err: errs, environ: environ, flags: config.Flags{}}
	ctx, stop := interruptible(context.Background())
	defer stop()
	a.deaf = stop
	root := a.root()
	root.SetArgs(args)
	offerTaken(root, args)
	err := root.ExecuteContext(ctx)
	if interrupted(ctx) && err != nil {
		err = interruption{err}
	}
	return a.exit(err)
}

// settings are what flags, environment and files say. What they should know is said once, on stderr.
func (a *app) settings() (*config.Config, error) {
	if a.config != nil {
		return a.config, nil
	}
	c, err := config.Resolve(a.flags, a.environ)
	if c != nil {
		for _, w := range c.Warnings {
			a.say("warning: %s", w)
		}
	}
	if err != nil {
		return nil, usage{err}
	}
	a.config = c
	return c, nil
}

// aloud is the app with its data on stderr, where a report has stdout to itself.
func (a *app) aloud() *app {
	b := *a
	b.out = a.err
	return &b
}

// say writes a line to stderr, safe to print.
func (a *app) say(format string, args ...any) {
	fmt.Fprintln(a.err, sanitise.Text(fmt.Sprintf(format, args...)))
}

// terminal is the screen behind a writer; the zero value when it is none.
func (a *app) terminal(w io.Writer) progress.Terminal {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || a.env("TERM") == "dumb" {
		return progress.Terminal{}
	}
	size := func() (int, int) {
		columns, rows, err := term.GetSize(int(f.Fd()))
		if err != nil {
			return 80, 24
		}
		return columns, rows
	}
	return progress.Terminal{Size: size, Color: a.env("NO_COLOR") == ""}
}

// env is a variable of the environment.
func (a *app) env(name string) string {
	for _, e := range a.environ {
		if len(e) > len(name) && e[len(name)] == '=' && e[:len(name)] == name {
			return e[len(name)+1:]
		}
	}
	return ""
}

// action makes a cobra command of a function that gets the context and the arguments.
func (a *app) action(c *cobra.Command, do func(context.Context, []string) error) *cobra.Command {
	c.RunE = func(cmd *cobra.Command, args []string) error { return do(cmd.Context(), args) }
	return c
}
