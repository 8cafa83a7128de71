package ui

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Dashboard is the program. Run shows one; tests make their own to press its keys.
type Dashboard struct {
	program *tea.Program
	model   *model
	ctx     context.Context
	ended   chan struct{}
}

// Run shows the dashboard until the user quits or ctx ends, and leaves its session.
func Run(ctx context.Context, o Options) error {
	d, err := New(ctx, o)
	if err != nil {
		return err
	}
	return d.Run()
}

// New makes a dashboard that lives no longer than ctx. It must be run.
func New(ctx context.Context, o Options) (*Dashboard, error) {
	inner, cancel := context.WithCancel(ctx)
	m, err := newModel(inner, o)
	if err != nil {
		cancel()
		return nil, err
	}
	m.cancel = cancel
	// Signals end ctx. The library's own handler would wait for ever to tell a program of one that has ended by ctx already.
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler()}
	if o.Output != nil {
		options = append(options, tea.WithOutput(o.Output))
	}
	if environ := o.environ(); environ != nil {
		options = append(options, tea.WithEnvironment(environ))
	}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	if o.Size != [2]int{} {
		options = append(options, tea.WithWindowSize(o.Size[0], o.Size[1]))
	}
	if o.Profile != colorprofile.Unknown {
		options = append(options, tea.WithColorProfile(o.Profile))
	} else if theme.NoColor() && !o.asksForColour() || o.Theme == theme.None {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	return &Dashboard{tea.NewProgram(m, options...), m, ctx, make(chan struct{})}, nil
}

// asksForColour tells whether a theme was asked for that has colours: that comes before NO_COLOR (no-color.org).
func (o Options) asksForColour() bool {
	return o.Theme != "" && o.Theme != theme.Auto && o.Theme != theme.None
}

// environ is what the terminal says of itself; nil for the process's own.
func (o Options) environ() []string {
	if o.Environ != nil || !theme.NoColor() || !o.asksForColour() {
		return o.Environ
	}
	return slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "NO_COLOR=") })
}

// lastWords is how long an action that the end of the dashboard has cut off may take to record that.
const lastWords = 4 * time.Second

// Run shows the dashboard until the user quits or its context ends. A panic is returned as an error that names the
// crash file, after the terminal has been restored.
func (d *Dashboard) Run() error {
	defer close(d.ended)
	_, err := d.program.Run()
	d.model.cancel()          // what is under way ends, and has the session to record that it was cut off
	if d.model.crash == nil { // else it may never have begun
		d.model.runs.await(lastWords)
	}
	d.model.leave()
	switch {
	case d.model.crash != nil:
		return d.model.crash
	case d.ctx.Err() != nil:
		return context.Cause(d.ctx)
	}
	return err
}

// Tick lets a second pass where the clock stands still, in tests.
func (d *Dashboard) Tick(now time.Time) { d.program.Send(second(now)) }

// Send delivers a message as if the terminal had sent it.
func (d *Dashboard) Send(msg tea.Msg) { d.program.Send(msg) }

// ErrEnded is a dashboard that has ended.
var ErrEnded = errors.New("the dashboard has ended")

// Rest waits until nothing is under way and the screen shows a snapshot of at least this version, and returns the screen
// as plain text. ErrEnded says that there is no screen any more.
func (d *Dashboard) Rest(ctx context.Context, version uint64) (string, error) {
	reply := make(chan string, 1)
	d.program.Send(idle{version: version, reply: reply})
	select {
	case screen := <-reply:
		return screen, nil
	case <-d.ended:
		return "", ErrEnded
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
