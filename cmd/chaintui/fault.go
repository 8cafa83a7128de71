package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) faultCommand() *cobra.Command {
	var f fault
	c := a.changing("fault LINK…", "fault", `  chaintui fault 2 --latency 150ms
  chaintui fault 1 3 --error-rate 30% --status 503
  chaintui fault all --clear`, cobra.ArbitraryArgs,
		func(args []string, s *state.Snapshot) (write.Intent, error) {
			links, err := linksOf(args, s)
			return write.SetFaults(links, f.read), err
		})
	c.PreRunE = func(_ *cobra.Command, args []string) (err error) {
		if len(args) == 0 && !f.clear {
			return usage{errors.New("name the links, by index or name, or say all")}
		}
		f.read, err = f.fault()
		return err
	}
	f.addFlags(c)
	return c
}

// fault is the command fault's flags.
type fault struct {
	latency, p50, p90, p99, sleep time.Duration
	errorRate, sleepRate          string
	status                        int
	seed                          uint64
	clear                         bool
	read                          chain.Fault // that the flags describe
}

func (f *fault) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.SortFlags = false
	flags.DurationVar(&f.latency, "latency", 0, "added to each request, such as 150ms")
	flags.DurationVar(&f.p50, "p50", 0, "or a distribution: half of the requests get at most this")
	flags.DurationVar(&f.p90, "p90", 0, "… and 90 % of them this")
	flags.DurationVar(&f.p99, "p99", 0, "… and 99 % of them this")
	flags.StringVar(&f.errorRate, "error-rate", "", "share of requests that fail, as 0.3 or 30%")
	flags.IntVar(&f.status, "status", 0, "HTTP status of the errors (default 500)")
	flags.DurationVar(&f.sleep, "sleep", 0, "the original's random sleep; it has 2s")
	flags.StringVar(&f.sleepRate, "sleep-rate", "", "… and how likely it is; the original has 1/N")
	flags.Uint64Var(&f.seed, "seed", 0, "make the draws repeatable")
	flags.BoolVar(&f.clear, "clear", false, "clear the links' faults; of all links when none is named")
}

// fault is the fault that the flags describe; the zero one clears.
func (f *fault) fault() (chain.Fault, error) {
	out := chain.Fault{
		Latency: chain.Duration(f.latency), P50: chain.Duration(f.p50), P90: chain.Duration(f.p90), P99: chain.Duration(f.p99),
		Sleep: chain.Duration(f.sleep), Status: f.status, Seed: f.seed,
	}
	for _, share := range []struct {
		flag, text string
		into       *float64
	}{{"--error-rate", f.errorRate, &out.ErrorRate}, {"--sleep-rate", f.sleepRate, &out.SleepRate}} {
		if share.text == "" {
			continue
		}
		v, err := config.Share(share.text)
		if err != nil {
			return out, usage{errors.New(share.flag + " " + err.Error())}
		}
		*share.into = v
	}
	switch {
	case f.clear && !out.IsZero():
		return out, usage{errors.New("--clear goes with no other fault")}
	case f.status != 0 && out.ErrorRate == 0:
		return out, usage{errors.New("--status is of the errors: say how many with --error-rate")}
	case (out.Sleep == 0) != (out.SleepRate == 0):
		return out, usage{errors.New("--sleep and --sleep-rate go together")}
	case !f.clear && out.IsZero():
		return out, usage{errors.New("say which fault: --latency, --p50 to --p99, --error-rate; or --clear")}
	}
	if err := out.Validate(); err != nil {
		return out, usage{err}
	}
	return out, nil
}
