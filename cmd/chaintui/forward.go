package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func (a *app) portForwardCommand() *cobra.Command {
	var listen string
	c := &cobra.Command{
		Use:     "port-forward [head|collector|LINK]",
		Example: "  chaintui port-forward collector --listen :9411",
		Args:    cobra.MaximumNArgs(1),
	}
	c.Short, c.Long = about("port-forward")
	c.Flags().StringVar(&listen, "listen", "", "local address, such as :8080 (default a free port of 127.0.0.1)")
	return a.action(c, func(ctx context.Context, args []string) error {
		target := "head"
		if len(args) > 0 {
			target = args[0]
		}
		return a.onChain(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) error {
			return a.forward(ctx, cluster, s, target, listen)
		})
	})
}

func (a *app) forward(ctx context.Context, cluster *cluster, s *state.Snapshot, target, listen string) error {
	w, port, err := s.Find(target)
	if err != nil {
		return usage{err}
	}
	if strings.HasPrefix(listen, ":") {
		listen = "127.0.0.1" + listen // a port alone is for this machine, as kubectl has it
	}
	f, err := cluster.Forward(ctx, kube.ForwardOptions{
		Listen: listen, Port: port, Pods: func() []string { return readyNames(cluster.Latest(), target) },
		Report: func(err error) { a.say("port-forward: %v", err) },
	})
	if err != nil {
		return usage{err}
	}
	fmt.Fprintf(a.out, "http://%s\n", f.Address)
	a.say("%s is there until ctrl-C, whatever becomes of its pods", w.Service)
	f.Wait()
	if interrupted(ctx) {
		return interruption{status(exitInterrupted)}
	}
	return errors.New("port-forward has ended")
}

// readyNames are the pods to choose from now.
func readyNames(s *state.Snapshot, target string) []string {
	w, _, err := s.Find(target)
	if err != nil {
		return nil
	}
	return w.ReadyNames()
}
