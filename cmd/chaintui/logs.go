package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/logs"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func (a *app) logsCommand() *cobra.Command {
	var l logsCmd
	c := &cobra.Command{
		Use:   "logs [LINK…]",
		Short: "The logs of links, put in order of time; of all links when none is named",
		Long: `Prints the logs of links, or of the collector and the load generator when they are named, put in order of time. Each
line begins with the link it is of. Following goes on across restarts and new pods.`,
		Example: "  chaintui logs -f --since 1m\n  chaintui logs 3 --previous",
	}
	flags := c.Flags()
	flags.BoolVarP(&l.options.Follow, "follow", "f", false, "go on with what is written later")
	flags.BoolVar(&l.options.Previous, "previous", false, "of the container before its last restart")
	flags.DurationVar(&l.options.Since, "since", 0, "only lines newer than this, such as 5m")
	flags.Int64Var(&l.options.Tail, "tail", 0, "only this many of the newest lines of each container")
	flags.StringVar(&l.options.Container, "container", "", "of this container only")
	flags.BoolVar(&l.timestamps, "timestamps", false, "begin each line with its time")
	c.PreRunE = func(*cobra.Command, []string) error {
		if l.options.Tail < 0 || l.options.Since < 0 {
			return usage{errors.New("--tail and --since want no less than 0, which is everything")}
		}
		return nil
	}
	return a.action(c, func(ctx context.Context, args []string) error {
		return a.onChain(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) error {
			return l.do(ctx, a, cluster, s, args)
		})
	})
}

// logsCmd is the command logs.
type logsCmd struct {
	options    logs.Options
	timestamps bool
}

func (l *logsCmd) do(ctx context.Context, a *app, cluster *cluster, s *state.Snapshot, args []string) error {
	for _, arg := range args {
		w, _, err := s.Find(arg)
		if err != nil {
			return usage{err}
		}
		l.options.Services = append(l.options.Services, w.Service)
	}
	colour := a.terminal(a.out).Color
	stream := logs.Read(ctx, cluster.Cluster, cluster.Snapshots(), l.options)
	for line := range stream.Lines() {
		l.print(a, line, len(l.options.Services) != 1, colour)
	}
	if interrupted(ctx) {
		return interruption{status(exitInterrupted)}
	}
	return stream.Err()
}

// print prints a line, and which link it is of unless only one was asked for.
func (l *logsCmd) print(a *app, line logs.Line, named, colour bool) {
	prefix := ""
	if named {
		prefix = line.Service + "  "
		if line.Link >= 0 {
			prefix = chain.InstanceName(line.Link) + "  "
		}
		if colour {
			prefix = fmt.Sprintf("\x1b[38;5;%dm%s\x1b[0m", colourOf(line.Service), prefix)
		}
	}
	if l.timestamps {
		prefix = line.Time.Format(time.RFC3339Nano) + "  " + prefix
	}
	if line.Note {
		a.say("%s(%s)", prefix, line.Text)
		return
	}
	fmt.Fprintln(a.out, prefix+line.Text)
}

// colourOf is a link's colour of the 256, one that is legible on dark and on light.
func colourOf(service string) int {
	colours := [...]int{33, 35, 37, 98, 136, 166, 169, 102}
	if i, ok := chain.Index(service); ok {
		return colours[i%len(colours)]
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(service))
	return colours[int(h.Sum32()%uint32(len(colours)))]
}
