package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
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
		return a.forward(ctx, target, listen)
	})
}

func (a *app) forward(ctx context.Context, target, listen string) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	cluster, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer cluster.close()
	s, err := cluster.reach(ctx)
	if err != nil {
		return err
	}
	if len(s.Links) == 0 {
		return usage{fmt.Errorf("no chain in namespace %s", s.Namespace)}
	}
	service, err := serviceOf(target, s)
	if err != nil {
		return usage{err}
	}
	if strings.HasPrefix(listen, ":") {
		listen = "127.0.0.1" + listen // a port alone is for this machine, as kubectl has it
	}
	f, err := cluster.Forward(ctx, kube.ForwardOptions{
		Listen: listen, Port: portOf(service), Pods: func() []string { return readyPods(cluster.Latest(), service) },
		Report: func(err error) { a.say("port-forward: %v", err) },
	})
	if err != nil {
		return usage{err}
	}
	fmt.Fprintf(a.out, "http://%s\n", f.Address)
	a.say("%s is there until ctrl-C, whatever becomes of its pods", service)
	f.Wait()
	if interrupted(ctx) {
		return interruption{status(exitInterrupted)}
	}
	return errors.New("port-forward has ended")
}

func portOf(service string) int {
	if service == chain.CollectorService {
		return chain.CollectorPort
	}
	return chain.LinkPort
}

// readyPods are the names of the pods behind a Service that are ready now.
func readyPods(s *state.Snapshot, service string) []string {
	var names []string
	add := func(w *state.Workload) {
		for i := range w.Pods {
			if p := &w.Pods[i]; p.Ready && !p.Deleting {
				names = append(names, p.Name)
			}
		}
	}
	for i := range s.Links {
		if s.Links[i].Service == service {
			add(&s.Links[i].Workload)
		}
	}
	for _, w := range []*state.Workload{s.Collect, s.Load} {
		if w != nil && w.Service == service {
			add(w)
		}
	}
	return names
}
