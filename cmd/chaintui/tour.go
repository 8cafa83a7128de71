package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/tour"
)

func (a *app) tourCommand() *cobra.Command {
	var t guided
	c := &cobra.Command{
		Use:   "tour",
		Short: "A guided demonstration on the live chain, undone at its end",
		Long: `Shows on the dashboard, with captions, what chaintui is for: a healthy request, a slow link, an error, growing under
load, and a bad image with its rollback. Whenever it ends or is left, also by ctrl-C, everything that it changed is put
back as it was.`,
		Args: cobra.NoArgs,
	}
	c.Flags().BoolVar(&t.auto, "auto", false, "go on without a key, and quit at the end")
	t.addFlags(c)
	return a.action(c, func(ctx context.Context, _ []string) error { return t.do(ctx, a, c) })
}

// guided is the command tour: the dashboard with a guide.
type guided struct {
	dashboard
	auto bool
}

func (t *guided) do(ctx context.Context, a *app, cmd *cobra.Command) (err error) {
	c, err := a.settings()
	if err != nil {
		return err
	}
	if c.Bool("read-only") {
		return fmt.Errorf("the tour changes the chain, and puts it back: %w", write.ErrReadOnly)
	}
	if a.terminal(a.out).Size == nil {
		return usage{errors.New("the tour needs a terminal")}
	}
	var k *kube.Cluster
	err = a.reached(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) error {
		begin, err := tour.Of(s)
		if err != nil {
			return usage{err}
		}
		k, t.tour = cluster.Cluster, tour.New(begin, t.auto)
		t.context, t.namespace = cluster.Context, cluster.Namespace // also when the kubeconfig changes meanwhile
		if err := healthOf(s); err != nil {
			a.say("chaintui: the tour begins with a chain whose links are all ready; chaintui status says which are not")
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.putBack(ctx, c, k, t.tour)) }()
	return errors.Join(t.open(ctx, a, cmd), t.tour.Err())
}

// putBack undoes what a tour that did not come to its end has changed. It runs whatever ended the dashboard: a signal
// gives it up only when it comes after that.
func (a *app) putBack(ctx context.Context, c *config.Config, k *kube.Cluster, t *tour.Tour) error {
	if t.Over() {
		return nil
	}
	undoing, stop := interruptible(context.WithoutCancel(ctx))
	defer stop()
	a.deaf()
	bounded, cancel := context.WithTimeout(undoing, c.Timeout(changeTimeout))
	defer cancel()
	cluster := watched(ctx, k)
	defer cluster.close()
	s, err := a.again(bounded, cluster)
	if err == nil {
		err = a.undo(bounded, t.Began.Undo(s), func(ctx context.Context, act tour.Act) error { return a.perform(ctx, c, cluster, act) })
	} else {
		a.left(t.Began.Undo(nil))
	}
	if err != nil && interrupted(undoing) {
		return interruption{err}
	}
	return err
}

// again is the chain as it is now. An API server that does not answer is waited for.
func (a *app) again(ctx context.Context, cluster *cluster) (*state.Snapshot, error) {
	s, err := cluster.reach(ctx)
	if !is[*kube.Unreachable](err) {
		return s, err
	}
	a.say("%v; waiting for it to put the chain back, ctrl-C gives that up", err)
	if cluster.Wait(ctx, func(s *state.Snapshot) (bool, error) { return s.Conn.Phase == state.Live, nil }) != nil {
		return nil, err
	}
	return cluster.Latest(), nil
}

// undo carries acts out one after the other. What could not be done it says as commands.
func (a *app) undo(ctx context.Context, acts []tour.Act, do func(context.Context, tour.Act) error) error {
	var left []tour.Act
	var errs []error
	for _, act := range acts {
		err := context.Cause(ctx)
		if err == nil {
			a.say("undoing the tour: %s", act.Command())
			err = do(ctx, act)
		}
		if err != nil {
			left = append(left, act)
		}
		if err != nil && (len(errs) == 0 || errs[len(errs)-1].Error() != err.Error()) {
			errs = append(errs, err)
		}
	}
	if len(left) > 0 {
		a.left(left)
		return errors.Join(errs...)
	}
	a.say("the chain is as it was before the tour")
	return nil
}

// left says the commands of what was not undone.
func (a *app) left(acts []tour.Act) {
	a.say("the chain is not as it was before the tour; this puts it back:")
	for _, act := range acts {
		a.say("  %s%s", act.Command(), a.where())
	}
}

// perform runs an action of the dashboard here, and says each of its steps.
func (a *app) perform(ctx context.Context, c *config.Config, cluster *cluster, act tour.Act) error {
	deps := action.Deps{
		Writer: func(progress func(write.Event)) *write.Writer {
			return write.New(cluster.Cluster, write.Options{Watcher: cluster.Watcher, Grace: c.Grace(), Progress: progress})
		},
		Snapshot: cluster.Latest, Wait: true,
	}
	does, ok := action.Find(act.ID)
	if !ok {
		return fmt.Errorf("no action %s", act.ID)
	}
	last := ""
	_, err := does.Run(ctx, deps, act.Args, func(p action.Progress) {
		for _, text := range []string{p.Step, p.Message} {
			if text != "" && text != last {
				a.say("  %s", text)
				last = text
			}
		}
	})
	return err
}
