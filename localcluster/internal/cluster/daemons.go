//go:build linux

package cluster

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/sys/unix"

	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/host"
	"github.com/chaintui/chaintui/localcluster/internal/node"
)

// gateway is the process that holds the namespaces; it is no component that
// can be stopped alone.
const gateway = "gateway"

// daemon is the record of a started process.
type daemon struct {
	node.Process
	Stopped bool `json:"stopped"` // on request, so its absence is no failure
}

func (c Cluster) daemon(name string) (daemon, error) {
	var d daemon
	err := readJSON(c.path("processes", name+".json"), &d)
	return d, err
}

func (c Cluster) remember(name string, d daemon) error {
	return writeJSON(c.path("processes", name+".json"), d)
}

// launch starts a component and records it.
func (c Cluster) launch(component config.Component, ns node.Namespaces, group node.Cgroup) (*exec.Cmd, error) {
	cmd, process, err := node.Start(node.Daemon{
		Name: component.Name, Path: config.Bin + "/" + component.Binary, Args: component.Args,
		Env: []string{"PATH=" + host.Path(config.Bin), "HOME=" + config.State, "TMPDIR=/var/tmp"},
		Log: c.Log(component.Name),
	}, ns, group)
	if err != nil {
		return nil, err
	}
	return cmd, c.remember(component.Name, daemon{Process: process})
}

// component finds one by the name that users give.
func component(p config.Params, name string) (config.Component, error) {
	all := config.Components(p)
	at := slices.IndexFunc(all, func(each config.Component) bool { return each.Name == name })
	if at < 0 {
		var names []string
		for _, each := range all {
			names = append(names, each.Name)
		}
		return config.Component{}, fmt.Errorf("no component is called %q; there are %s", name, strings.Join(names, ", "))
	}
	return all[at], nil
}

// signal sends a signal to a component that must be running.
func (c Cluster) signal(name string, signal unix.Signal) error {
	r, err := c.running()
	if err != nil {
		return err
	}
	if _, err := component(r.Params, name); err != nil {
		return err
	}
	d, err := c.daemon(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !d.Alive() {
		return fmt.Errorf("%s is not running", name)
	}
	if err != nil {
		return err
	}
	return d.Signal(signal)
}

// Pause freezes a component: its connections stay open and nothing answers.
func (c Cluster) Pause(name string) error { return c.signal(name, unix.SIGSTOP) }

// Unpause lets a paused component go on.
func (c Cluster) Unpause(name string) error { return c.signal(name, unix.SIGCONT) }

// died describes the end of a component with the last lines of its log.
func (c Cluster) died(name string, err error) error {
	how := "ended"
	if err != nil {
		how = "ended with " + err.Error()
	}
	return fmt.Errorf("%s %s; the last lines of %s:\n%s", name, how, c.Log(name), tail(c.Log(name), 12))
}

// tail returns the last lines of a file.
func tail(path string, n int) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimRight(printable(string(text)), "\n"), "\n")
	return "  " + strings.Join(lines[max(0, len(lines)-n):], "\n  ")
}

// printable drops what could steer a terminal: a log may repeat anything that
// somebody sent.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\t", " "))
}

// stopGrace is what a component gets to end by itself: little, as the API
// server would otherwise keep its watches for a minute, and nothing depends on
// a good end.
const stopGrace = 2 * time.Second
