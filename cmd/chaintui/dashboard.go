package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui"
)

// dashboard is what `chaintui` alone opens on a terminal.
type dashboard struct {
	theme    string
	trace    string
	page     string
	noMotion bool
	record   string

	tour               *tour.Tour // nil for none
	context, namespace string     // where the tour is; empty for where the settings say
}

func (d *dashboard) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&d.theme, "theme", "auto", "colours of the dashboard: auto, dark, light, 16, or none")
	flags.BoolVar(&d.noMotion, "no-motion", false, "nothing moves on the dashboard (the default over SSH; M changes it)")
	flags.StringVar(&d.record, "record", "", "record the dashboard into this file, as an asciicast (asciinema plays it)")
}

// addPlaces adds the flags that say what the dashboard opens on.
func (d *dashboard) addPlaces(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&d.trace, "trace", "", "open the dashboard on this trace (an id, its beginning, latest, or slowest), or on the traces of this file")
	flags.StringVar(&d.page, "page", "", "open the dashboard on this page: chain, pods, traces, events, logs, or help")
}

// open shows the dashboard. Its first frame does not wait for the network.
func (d *dashboard) open(ctx context.Context, a *app, root *cobra.Command) error {
	lists, err := d.given(a)
	if err != nil {
		return err
	}
	if a.terminal(a.out).Size == nil {
		_ = root.Usage()
		return usage{errors.New("the dashboard needs a terminal; use a command, or --headless")}
	}
	c, err := a.settings()
	if err != nil {
		return err
	}
	recorder, err := d.recorder(a)
	if err != nil {
		return err
	}
	defer recorder.end(a)
	aside, err := divert()
	if err != nil {
		return err
	}
	defer aside.restore()
	kube.Quiet(slog.New(slog.NewTextHandler(aside.log, nil)))
	recorder.tell(aside)
	options := d.session(c, aside)
	options.Where = a.elsewhere
	screen := ui.Options{
		Open: options.Open, Places: session.Places{Options: options}, Actions: action.All(),
		Context: cmp.Or(d.context, c.Text("context")), Namespace: cmp.Or(d.namespace, c.Text("namespace")), ReadOnly: c.Bool("read-only"),
		Theme: d.theme, NoMotion: d.noMotion || os.Getenv("SSH_CONNECTION") != "", Trace: d.trace, Page: d.page, Version: config.ReadBuild().Version,
		Notices: aside.notices, Tour: d.tour, Login: login(aside, options), Input: aside.input(), Output: recorder.output(),
	}
	if lists != nil {
		d.ofFile(&screen, lists)
	}
	return ui.Run(ctx, screen)
}

func (d *dashboard) session(c *config.Config, aside *aside) session.Options {
	return session.Options{
		Kube: kube.Options{
			Kubeconfig: c.Text("kubeconfig"), ReadOnly: c.Bool("read-only"),
			UserAgent: "chaintui/" + config.ReadBuild().Version,
			NoPrompt:  "the dashboard has the terminal",
			Warn:      func(text string) { aside.say("the API server warns: " + text) },
		},
		ZipkinURL: c.Text("zipkin-url"),
		Grace:     c.Grace(),
		Logins:    &session.Logins{},
		First: func() (chain.Spec, chain.Load, error) {
			return c.Spec(), c.Load(), nil
		},
	}
}
