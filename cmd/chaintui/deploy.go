package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// deploys are the settings that a deploy takes beside those of every command.
var deploys = []config.Group{config.Chain, config.Load, config.Pods}

func (a *app) deployCommand() *cobra.Command {
	var d deploy
	c := &cobra.Command{
		Use:   "deploy",
		Short: "Deploys the chain, or changes the running one to what the flags say",
		Long: `Deploys a chain and waits until it is ready. Flags, environment, file and defaults say what the first deploy makes.
Later ones start from the cluster's newest release: flags that are given change it, and nothing else does.`,
		Example: `  chaintui deploy --instances 6 --rate 5
  chaintui deploy --cpu-request 50m --link 2     # only link 2's pods
  chaintui deploy --instances 8 --dry-run`,
		Args: cobra.NoArgs,
	}
	d.addFlags(c)
	takes(c, deploys)
	c.PreRunE = func(*cobra.Command, []string) error { return d.check(a) }
	return a.action(c, func(ctx context.Context, _ []string) error {
		_, err := d.do(ctx, a)
		return err
	})
}

// deploy is the command deploy.
type deploy struct {
	change
	link        string
	clearFaults bool
}

func (d *deploy) addFlags(c *cobra.Command) {
	d.change.addFlags(c)
	c.Flags().StringVar(&d.link, "link", "", "the settings of pods on this line are for this link alone")
	c.Flags().BoolVar(&d.clearFaults, "clear-faults", false, "drop every fault that is in force")
}

// check refuses a link for which there is nothing to set: what else is on the line is for the whole chain.
func (d *deploy) check(a *app) error {
	c, err := a.settings()
	if err != nil || d.link == "" || slices.ContainsFunc(config.Of(config.Pods), func(s *config.Setting) bool { return c.Given(s.Name) }) {
		return err
	}
	return usage{fmt.Errorf("--link %s goes with a setting of pods, such as --memory-limit", d.link)}
}

func (d *deploy) do(ctx context.Context, a *app) (*write.Plan, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	return d.change.do(ctx, a, d.plan(c))
}

// plan plans the deploy. Where nothing runs yet and no image is known, it says how to get one.
func (d *deploy) plan(c *config.Config) planner {
	return func(ctx context.Context, w *write.Writer, s *state.Snapshot) (*write.Plan, error) {
		if s.Origin == state.None && (c.Text("chain-link-image") == "" || c.Text("tools-image") == "") {
			return nil, usage{noImage(c)}
		}
		in, err := d.intent(c)
		if err != nil {
			return nil, err
		}
		return w.Plan(ctx, in)
	}
}

// intent is what the settings come to.
func (d *deploy) intent(c *config.Config) (write.Intent, error) {
	edit := func(spec *chain.Spec) error {
		if d.link == "" {
			c.Change(spec)
			return nil
		}
		pods, linkPods := spec.Pods, spec.LinkPods
		c.Change(spec)
		spec.Pods, spec.LinkPods = pods, linkPods
		i, err := chain.ParseLink(d.link, spec.Len())
		if err != nil {
			return usage{err}
		}
		c.ChangeLink(spec, i)
		return nil
	}
	first := c.Spec()
	if d.link != "" {
		first.Pods = chain.Default().Pods
		if err := edit(&first); err != nil {
			return write.Intent{}, err
		}
	}
	return write.Deploy(first, edit, d.live(c)), nil
}

// live sets the load on a first deploy, or when flags give it, and drops faults when asked to.
func (d *deploy) live(c *config.Config) func(*chain.Live) error {
	return func(l *chain.Live) error {
		if d.clearFaults {
			l.Faults = nil
		}
		if load := c.Load(); l.Load == nil {
			l.Load = &load
		} else if c.LoadGiven() {
			changed := *l.Load
			changed.Rate = load.Rate
			l.Load = &changed
		}
		return nil
	}
}

// noImage tells how to get an image: this build was made without the name of one.
func noImage(c *config.Config) error {
	missing := "--chain-link-image"
	if c.Text("chain-link-image") != "" {
		missing = "--tools-image (load generator and collector)"
	}
	return fmt.Errorf(`no image is known: this build has none of its own, and %s was not given.
In a checkout of chaintui, build one and load it into your cluster:
    make image                                              # writes dist/link-<arch>.tar and dist/image.ref
    kind load image-archive dist/link-amd64.tar             # kind
    minikube image load dist/link-amd64.tar                 # minikube
    crane push dist/link-amd64.tar registry/name:tag        # elsewhere: a registry that the cluster can pull from
then name it:
    chaintui deploy --chain-link-image IMAGE --tools-image IMAGE`, missing)
}
