package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/validate"
)

func (a *app) requestCommand() *cobra.Command {
	var r request
	c := &cobra.Command{Use: "request", Args: cobra.NoArgs, PreRunE: r.check, Example: "  chaintui request -n demo --count 3"}
	c.Short, c.Long = about("request")
	c.Flags().IntVar(&r.count, "count", 1, "how many, one after the other")
	c.Flags().StringVar(&r.path, "path", "/", "path at the head")
	c.Flags().StringArrayVar(&r.headers, "header", nil, "'Name: value' to send; may be repeated")
	c.Flags().BoolVar(&r.tree, "tree", false, "show the trace as an indented tree, without bars")
	r.addFlags(c)
	return a.action(c, func(ctx context.Context, _ []string) error {
		return a.onChain(ctx, func(c *config.Config, cluster *cluster, s *state.Snapshot) error { return r.do(ctx, a, c, cluster, s) })
	})
}

// request is the command request.
type request struct {
	drawn
	count   int
	path    string
	headers []string
	tree    bool

	header http.Header // of headers
}

// check reads what is to be sent, before the cluster is asked.
func (r *request) check(*cobra.Command, []string) error {
	if r.count < 1 {
		return usage{fmt.Errorf("--count %d: want 1 or more", r.count)}
	}
	r.header = http.Header{}
	for _, h := range r.headers {
		name, value, ok := strings.Cut(h, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return usage{fmt.Errorf("--header %q: want 'Name: value'", h)}
		}
		r.header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return nil
}

func (r *request) do(ctx context.Context, a *app, c *config.Config, cluster *cluster, s *state.Snapshot) error {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout(validateTimeout))
	defer cancel()
	var failed error
	for range r.count {
		err := r.one(ctx, a, c, cluster, s)
		if err != nil && !is[status](err) {
			return err
		}
		if err != nil {
			failed = err
		}
	}
	return failed
}

// one sends one request and shows its trace.
func (r *request) one(ctx context.Context, a *app, c *config.Config, cluster *cluster, s *state.Snapshot) error {
	source := session.Sources(session.NewCollector(c.Text("zipkin-url"), cluster.Cluster), cluster.Watcher)
	p := validate.NewProbe()
	p.Path, p.Header = r.path, r.header
	p = source.Send(ctx, p, s.Links[0].Service)
	if p.Err != nil {
		return fmt.Errorf("no answer from the chain: %w", p.Err)
	}
	a.say("%d in %v: %s", p.Status, p.Took.Round(100*time.Microsecond), sanitise.Line(p.Body))
	list, err := settle(ctx, source, p, len(s.Links))
	if err != nil {
		return atCollector(err)
	}
	if err := r.show(a, traces.BuildList(list), r.tree); err != nil {
		return err
	}
	if p.Status >= 400 {
		return status(exitUnhealthy)
	}
	return nil
}

// traceWait is how long a request's trace may take to arrive.
const traceWait = 5 * time.Second

// settle asks for the trace until it is whole, or has not grown for a second.
func settle(ctx context.Context, source validate.Sources, p validate.Probe, links int) (list zipkin.List, err error) {
	grown := time.Now()
	for deadline := grown.Add(traceWait); ; {
		got, asked := source.Trace(ctx, p.TraceID)
		if asked == nil && got.Received() > list.Received() {
			list, grown = got, time.Now()
		}
		n := list.Received()
		if n >= validate.Spans(links) || n > 0 && time.Since(grown) > time.Second || time.Now().After(deadline) {
			if n == 0 {
				err = asked
			}
			return list, err
		}
		select {
		case <-ctx.Done():
			return list, context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
