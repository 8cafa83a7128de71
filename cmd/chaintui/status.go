package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/validate"
)

func (a *app) statusCommand() *cobra.Command {
	var s statusCmd
	c := &cobra.Command{
		Use:   "status",
		Short: "What is there: each link's state, pods and restarts",
		Long:  "Prints the chain as it is. The exit code is 0 when every link is ready and its Service leads to it, else 1.",
		Args:  cobra.NoArgs,
	}
	c.Flags().BoolVarP(&s.watch, "watch", "w", false, "go on, and print what changes")
	output(c, &s.format, "text", "json")
	return a.action(c, func(ctx context.Context, _ []string) error { return s.do(ctx, a) })
}

// statusCmd is the command status.
type statusCmd struct {
	watch  bool
	format string
}

func (c *statusCmd) do(ctx context.Context, a *app) error {
	return a.reached(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) error {
		if c.watch {
			return c.follow(ctx, a, cluster)
		}
		s = served(ctx, cluster, s)
		if err := c.print(a, s); err != nil {
			return err
		}
		return healthOf(s)
	})
}

func (c *statusCmd) print(a *app, s *state.Snapshot) error {
	if c.format == "json" {
		return a.json(statusOf(s))
	}
	return writeStatus(a.out, statusOf(s), time.Now())
}

// healthOf is the exit code of a chain's state.
func healthOf(s *state.Snapshot) error {
	if ready, total := s.Counts(); total == 0 || ready < total || len(validate.CutOff(s)) > 0 {
		return status(exitUnhealthy)
	}
	return nil
}

// served is the chain once EndpointSlices have followed the pods' readiness, for which it waits a little.
func served(ctx context.Context, cluster *cluster, s *state.Snapshot) *state.Snapshot {
	ctx, cancel := context.WithTimeout(ctx, validate.EndpointsLag)
	defer cancel()
	_ = cluster.Wait(ctx, func(now *state.Snapshot) (bool, error) {
		s = now
		return len(validate.CutOff(now)) == 0, nil
	})
	return s
}

// follow prints the status whenever it changes, until it is interrupted: in place on a terminal, else one below the
// other. The API server's absence is a state, and is said on stderr.
func (c *statusCmd) follow(ctx context.Context, a *app, cluster *cluster) error {
	screen := a.terminal(a.out)
	var last []byte
	var lost bool
	err := cluster.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		if gone := s.Conn.Phase != state.Live; gone != lost {
			lost = gone
			if gone {
				a.say("%s: %s", s.Conn.Phase, s.Conn.Err)
			} else {
				a.say("the API server answers again")
			}
		}
		var text bytes.Buffer
		part := *a
		part.out = &text
		if err := c.print(&part, s); err != nil || bytes.Equal(text.Bytes(), last) {
			return false, err
		}
		last = text.Bytes()
		switch {
		case screen.Size != nil && c.format == "text":
			fmt.Fprint(a.out, "\x1b[H\x1b[2J")
		case c.format == "text":
			fmt.Fprintf(a.out, "--- %s\n", s.At.Format(time.TimeOnly))
		}
		_, err := a.out.Write(last)
		return false, err
	})
	if interrupted(ctx) {
		return interruption{status(exitInterrupted)}
	}
	return err
}
