package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
)

func (a *app) eventsCommand() *cobra.Command {
	var e events
	c := &cobra.Command{
		Use:   "events [LINK]",
		Short: "What Kubernetes says of the chain, oldest first",
		Args:  cobra.MaximumNArgs(1),
	}
	c.Flags().BoolVar(&e.warnings, "warnings", false, "only warnings")
	c.Flags().BoolVarP(&e.watch, "watch", "w", false, "go on, and print what comes")
	output(c, &e.format, "text", "json")
	return a.action(c, func(ctx context.Context, args []string) error {
		return a.reached(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) error {
			return e.do(ctx, a, cluster, s, args)
		})
	})
}

// events is the command events.
type events struct {
	warnings, watch bool
	format          string
}

func (e *events) do(ctx context.Context, a *app, cluster *cluster, s *state.Snapshot, args []string) (err error) {
	link := -1
	if len(args) > 0 {
		if link, err = chain.ParseLink(args[0], len(s.Links)); err != nil {
			return usage{err}
		}
	}
	if s, err = read(ctx, cluster); err != nil {
		return err
	}
	known := map[told]bool{}
	if err := e.print(a, e.choose(s, link, known)); err != nil || !e.watch {
		return err
	}
	err = cluster.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		more := e.choose(s, link, known)
		if len(more) == 0 {
			return false, nil
		}
		return false, e.print(a, more)
	})
	if interrupted(ctx) {
		return interruption{status(exitInterrupted)}
	}
	return err
}

// read waits until the events were read: they come after all else. It says so when they may not be, or don't come.
func read(ctx context.Context, cluster *cluster) (*state.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	err := cluster.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		if d, denied := s.Conn.Denial(state.Events); denied {
			return true, noAccess{errors.New(d.String())}
		}
		return s.EventsRead, nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		err = noAccess{errors.New("the API server has not answered for its events within 5 s")}
	}
	return cluster.Latest(), err
}

// told is what tells one line of events from another: an event that is repeated is told again.
type told struct {
	kind, name, reason, message string
	at                          time.Time
	count                       int32
}

// choose are the events that were asked for and are not known yet, oldest first. They are known then.
func (e *events) choose(s *state.Snapshot, link int, known map[told]bool) []state.Event {
	var list []state.Event
	for _, event := range slices.Backward(s.Events) {
		k := told{event.Kind, event.Name, event.Reason, event.Message, event.Time, event.Count}
		if !known[k] && (link < 0 || event.Link == link) && (event.Warning || !e.warnings) {
			known[k] = true
			list = append(list, event)
		}
	}
	return list
}

// eventRow is one event of `events -o json`; its schema is chaintui.events/v1.
type eventRow struct {
	Time    time.Time `json:"time"`
	Type    string    `json:"type"`
	Reason  string    `json:"reason"`
	Object  string    `json:"object"`
	Link    int       `json:"link"` // -1 for none
	Count   int32     `json:"count"`
	Message string    `json:"message"`
}

func (e *events) print(a *app, list []state.Event) error {
	rows := make([]eventRow, len(list))
	for i, event := range list {
		kind := "Normal"
		if event.Warning {
			kind = "Warning"
		}
		rows[i] = eventRow{event.Time, kind, sanitise.Line(event.Reason), sanitise.Line(event.Kind + "/" + event.Name), event.Link, event.Count, sanitise.Line(event.Message)}
	}
	if e.format == "json" {
		return a.json(struct {
			Schema string     `json:"schema"`
			Events []eventRow `json:"events"`
		}{"chaintui.events/v1", rows})
	}
	t := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		text := r.Message
		if r.Count > 1 {
			text += fmt.Sprintf(" (× %d)", r.Count)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Time.Local().Format(time.TimeOnly), r.Type, r.Reason, r.Object, text)
	}
	return t.Flush()
}
