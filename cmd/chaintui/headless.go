package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// headless is a whole run without a screen: deploy, validate and clean up, those of them that were asked for, in that
// order.
type headless struct {
	headless, deploy, validate, cleanup bool

	deployment deploy
	validation validation
}

// cleanupTimeout bounds the deletion, which also runs after ctrl-C.
const cleanupTimeout = 2 * time.Minute

func (h *headless) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.BoolVar(&h.headless, "headless", false, "never open the dashboard")
	flags.BoolVar(&h.deploy, "deploy", false, "with --headless: deploy")
	flags.BoolVar(&h.validate, "validate", false, "with --headless: validate, after the deploy")
	flags.BoolVar(&h.cleanup, "cleanup", false, "with --headless: at the end, also after ctrl-C, remove what this run created")
	h.validation.addFlags(c)
	h.deployment.addFlags(c)
	for _, name := range []string{"dry-run", "no-wait", "link"} {
		_ = flags.MarkHidden(name)
	}
}

// Flags of the command line without a command, by what they are for.
var (
	deployFlags   = []string{"clear-faults", "force-conflicts", "dry-run", "no-wait", "link"}
	validateFlags = []string{"output", "report", "artifacts"}
	screenFlags   = []string{"theme", "no-motion", "record", "trace", "page"}
)

// check refuses flags of what was not asked for.
func (h *headless) check(c *cobra.Command, _ []string) error {
	given := func(names ...string) (flags []string) {
		for _, name := range names {
			if c.Flags().Changed(name) {
				flags = append(flags, "--"+name)
			}
		}
		return flags
	}
	for _, refused := range []struct {
		unless bool
		flags  []string
		why    string
	}{
		{h.asked(), given(slices.Concat(validateFlags, deployFlags)...), "for --headless, or the command that does it"},
		{!h.asked(), given(screenFlags...), "for the dashboard, which --headless never opens"},
		{h.deploy, given(deployFlags...), "for --deploy"},
		{h.validate, given(validateFlags...), "for --validate"},
	} {
		if !refused.unless && len(refused.flags) > 0 {
			return usage{fmt.Errorf("%s: %s", strings.Join(refused.flags, ", "), refused.why)}
		}
	}
	return nil
}

// asked tells whether anything of it was asked for.
func (h *headless) asked() bool { return h.headless || h.deploy || h.validate || h.cleanup }

func (h *headless) do(ctx context.Context, a *app) (err error) {
	if !h.headless {
		return usage{errors.New("--deploy, --validate and --cleanup go with --headless; or use the commands of those names")}
	}
	if !h.deploy && !h.validate {
		return usage{errors.New("--headless needs --deploy, --validate, or both; or a command")}
	}
	if h.cleanup && !h.deploy {
		return usage{errors.New("--cleanup removes what --deploy created; without it there is nothing to remove (chaintui delete does)")}
	}
	var plan *write.Plan
	if h.cleanup {
		defer func() { err = h.clean(ctx, a, plan, err) }()
	}
	if h.deploy {
		if plan, err = h.deployment.do(ctx, a.aloud()); err != nil {
			// An unhealthy chain is validated all the same: that says which link broke, and why.
			if _, unready := errors.AsType[*write.Unready](err); !unready || !h.validate {
				return err
			}
			a.say("chaintui: %v", err)
		}
	}
	if h.validate {
		return h.validation.do(ctx, a)
	}
	return err
}

// somebodys is a chain that another has made or changed since.
type somebodys struct{ error }

// ofAnother says whose the newest release is, when it is not the one that was made here.
func ofAnother(newest *chain.Release, made write.Result) error {
	if newest == nil || newest.Time.Equal(made.Claimed) {
		return nil
	}
	return somebodys{fmt.Errorf("release %d is %s's, not this run's: the chain stays", newest.Number, sanitise.Line(newest.Author))}
}

// clean removes the chain if this run created it.
func (h *headless) clean(ctx context.Context, a *app, plan *write.Plan, before error) error {
	if plan == nil {
		return before // nothing was begun
	}
	done := h.deployment.result
	switch {
	case plan.Base != nil:
		a.say("cleanup: the chain was there before this run, and stays")
		return before
	case done.Claimed.IsZero() && !done.Namespace:
		a.say("cleanup: this run made nothing")
		return before
	}
	a.say("cleanup: removing the chain")
	brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
	defer cancel()
	var ch change
	_, err := ch.do(brief, a.aloud(), func(ctx context.Context, w *write.Writer, _ *state.Snapshot) (*write.Plan, error) {
		gone, err := w.PlanDelete(ctx)
		if err != nil {
			return nil, err
		}
		return gone, ofAnother(gone.Base, done)
	})
	if other, ok := errors.AsType[somebodys](err); ok {
		a.say("cleanup: %v", other)
		return before
	}
	if err != nil {
		a.say("chaintui: cleanup: %v", err)
	}
	if before != nil {
		return before
	}
	return err
}
