package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/progress"
)

// changeTimeout is how long a change may take unless the user says otherwise.
const changeTimeout = 5 * time.Minute

// change are the flags of every command that changes the chain.
type change struct {
	dryRun bool
	noWait bool
	force  bool

	result write.Result // what was done, once it was
}

func (ch *change) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.BoolVar(&ch.dryRun, "dry-run", false, "only say what would be done")
	flags.BoolVar(&ch.noWait, "no-wait", false, "return when everything is written, and don't wait until it is ready")
	flags.BoolVar(&ch.force, "force-conflicts", false, "take over fields that another manager has set")
}

// planner makes the plan of a change.
type planner func(ctx context.Context, w *write.Writer, s *state.Snapshot) (*write.Plan, error)

// do connects, plans, and carries the plan out.
func (ch *change) do(ctx context.Context, a *app, plan planner) (*write.Plan, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	if c.Bool("read-only") && !ch.dryRun { // the writer refuses it too, but would look at the cluster first
		return nil, write.ErrReadOnly
	}
	cluster, err := a.open(ctx, c)
	if err != nil {
		return nil, err
	}
	defer cluster.close()
	return ch.run(ctx, a, c, cluster, plan)
}

// run is do on a cluster that is open.
func (ch *change) run(ctx context.Context, a *app, c *config.Config, cluster *cluster, plan planner) (*write.Plan, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout(changeTimeout))
	defer cancel()
	snapshot, err := cluster.reach(ctx)
	if err != nil {
		a.unbegun(ctx)
		return nil, err
	}
	show := progress.New(a.err, a.terminal(a.err))
	w := write.New(cluster.Cluster, write.Options{
		Watcher: cluster.Watcher, Force: ch.force, Grace: c.Grace(),
		Progress: func(e write.Event) {
			if e.Message != "" {
				show.Message(e.Message)
			}
			show.Step(e.Step, e.Done, e.Total)
		},
	})
	p, err := ch.carryOut(ctx, a, cluster, w, plan, snapshot, show)
	show.End()
	if p == nil || ch.dryRun {
		a.unbegun(ctx)
		return p, err
	}
	return p, a.concluded(ctx, p, ch.result, err)
}

// carryOut plans, says what the plan is, and runs it while the links' lines follow the cluster.
func (ch *change) carryOut(ctx context.Context, a *app, cluster *cluster, w *write.Writer, plan planner, s *state.Snapshot,
	show *progress.Display) (*write.Plan, error) {
	p, err := plan(ctx, w, s)
	if err != nil {
		return nil, err
	}
	if ch.dryRun {
		printPlan(a.out, p)
		return p, nil
	}
	for _, warning := range p.Warnings {
		show.Message("note: " + warning)
	}
	following, stop := context.WithCancel(ctx)
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		if len(p.Spec.Links) > 0 { // how links are that are being deleted is of no interest
			follow(following, cluster, show)
		}
	}()
	ch.result, err = w.Run(ctx, p, !ch.noWait)
	stop()
	<-followed
	return p, err
}

// follow shows the links as they change, and says when the API server is gone and when it is back.
func follow(ctx context.Context, cluster *cluster, show *progress.Display) {
	lost := false
	_ = cluster.Wait(ctx, func(s *state.Snapshot) (bool, error) {
		if gone := s.Conn.Phase != state.Live; gone != lost {
			lost = gone
			if gone {
				show.Message(s.Conn.Err + "; waiting for it to come back")
			} else {
				show.Message("the API server answers again")
			}
		}
		show.Lines(progress.Of(s))
		return false, nil
	})
}

// unbegun says, when a change was interrupted before it began, that there is nothing to finish or undo.
func (a *app) unbegun(ctx context.Context) {
	if interrupted(ctx) {
		a.say("nothing was changed")
	}
}

// concluded says what was done, whatever came of it, and how to undo it.
func (a *app) concluded(ctx context.Context, p *write.Plan, result write.Result, err error) error {
	if p.Nothing() && err == nil {
		fmt.Fprintln(a.out, p.Action+": nothing to change")
		return nil
	}
	for _, note := range result.Notes {
		a.say("note: %s", note)
	}
	if err != nil {
		a.say("%s, as far as it came: %s", p.Action, result)
		if interrupted(ctx) || errors.Is(err, context.DeadlineExceeded) {
			a.say("%s", finishes(p))
		}
		return err
	}
	fmt.Fprintf(a.out, "%s: %s\n", p.Action, result)
	if undo := action.Undo(p, a.where()); undo != "" {
		a.say("undo: %s", undo)
	}
	return nil
}

// finishes says how a plan that was cut short comes to its end.
func finishes(p *write.Plan) string {
	switch {
	case p.Deletes():
		return "the next delete finishes the work"
	case p.Number > 0:
		return "the next deploy finishes the work"
	}
	return "what was written comes into force by itself"
}

// elsewhere are the flags that say which chain it is of a context and namespace: those that differ from what a command
// line without them would take. That reads no configuration file which only this one names.
func (a *app) elsewhere(kubeContext, namespace string) string {
	var flags strings.Builder
	plain, _ := config.Resolve(config.Flags{}, a.environ)
	for _, flag := range [][2]string{{"kubeconfig", a.config.Text("kubeconfig")}, {"context", kubeContext}, {"namespace", namespace}} {
		if flag[1] != "" && (plain == nil || plain.Text(flag[0]) != flag[1]) {
			flags.WriteString(" --" + flag[0] + " " + action.Quote(flag[1]))
		}
	}
	return flags.String()
}

// where are those flags for the chain of this command line.
func (a *app) where() string {
	c, err := a.settings()
	if err != nil {
		return "" // then nothing was changed
	}
	return a.elsewhere(c.Text("context"), c.Text("namespace"))
}
