package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (a *app) loadCommand() *cobra.Command {
	var concurrency int
	var jitter, even bool
	var rate float64
	read := func(args []string) (err error) {
		if jitter && even {
			return errors.New("--jitter and --even are opposites: give one of them")
		}
		if rate, err = strconv.ParseFloat(args[0], 64); err == nil {
			err = chain.Load{Rate: rate, Concurrency: concurrency}.Validate()
		}
		if err != nil {
			return fmt.Errorf("load %q: want 0 to %d requests per second, and a concurrency of 1 to %d", args[0], chain.MaxRate, chain.MaxConcurrency)
		}
		return nil
	}
	c := a.changing("load RATE", "load", "  chaintui load 200\n  chaintui load 0      # pauses it", reads(1, read),
		func(_ []string, s *state.Snapshot) (write.Intent, error) {
			if s.Load == nil || !s.Load.Exists {
				return write.Intent{}, usage{errors.New("this chain has no load generator: chaintui deploy --no-load=false adds it")}
			}
			return write.SetLoad(func(l *chain.Load) {
				l.Rate = rate
				if concurrency > 0 {
					l.Concurrency = concurrency
				}
				l.Jitter = (l.Jitter || jitter) && !even
			}), nil
		})
	c.Flags().IntVar(&concurrency, "concurrency", 0, "requests in flight at most")
	c.Flags().BoolVar(&jitter, "jitter", false, "random intervals between requests")
	c.Flags().BoolVar(&even, "even", false, "even intervals between requests")
	return c
}
