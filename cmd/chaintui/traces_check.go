package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/report"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/units"
)

func (a *app) tracesCheck() *cobra.Command {
	var k check
	c := &cobra.Command{
		Use:     "check [FILE|-]",
		Short:   "Holds the traces to limits: exit code 1 on a breach, or when there are too few",
		Example: "  chaintui traces check --max-duration 200ms --max-error-rate 1% --min-traces 50",
		Args:    cobra.MaximumNArgs(1),
	}
	k.addFlags(c)
	return a.action(c, func(ctx context.Context, args []string) error {
		if err := whole(c, args, "service", "span", "since", "limit"); err != nil {
			return err
		}
		return k.do(ctx, a, args)
	})
}

// check is the command traces check.
type check struct {
	service, span, errorRate, format string
	since, longest                   time.Duration
	limit, least                     int
}

func (k *check) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.SortFlags = false
	flags.DurationVar(&k.longest, "max-duration", 0, "no trace may take longer")
	flags.StringVar(&k.errorRate, "max-error-rate", "", "at most this share of the traces may have failed, as 1% or 0.01")
	flags.IntVar(&k.least, "min-traces", 1, "fewer traces than this are a breach too")
	flags.StringVar(&k.service, "service", "", "of traces with a span of this service")
	flags.StringVar(&k.span, "span", "", "… of this name")
	flags.DurationVar(&k.since, "since", time.Hour, "no older than this")
	flags.IntVar(&k.limit, "limit", 100, "at most this many; the server gives the newest")
	output(c, &k.format, "text", "json")
}

// breach is one limit that does not hold.
type breach struct {
	Limit   string `json:"limit"`
	Found   string `json:"found"`
	TraceID string `json:"traceId,omitempty"`
}

func (k *check) do(ctx context.Context, a *app, args []string) error {
	if k.longest < 0 || k.least < 0 {
		return usage{errors.New("--max-duration and --min-traces want no less than 0")}
	}
	rate := 1.0
	if k.errorRate != "" {
		var err error
		if rate, err = config.Share(k.errorRate); err != nil {
			return usage{errors.New("--max-error-rate " + err.Error())}
		}
	}
	q := search{wanted: wanted{service: k.service, span: k.span}, since: k.since, limit: max(k.limit, k.least), deeper: 1, settled: true}
	f, err := q.find(ctx, a, args)
	if err != nil {
		return err
	}
	set := stats.Of(f.set)
	breaches := k.breaches(f, rate)
	if k.format == "json" {
		err = a.json(struct {
			Version    string    `json:"version"`
			Kind       string    `json:"kind"`
			Breaches   []breach  `json:"breaches"`
			Statistics stats.Set `json:"statistics"`
		}{report.Version, "check", append([]breach{}, breaches...), set})
	} else {
		k.print(a, breaches, set)
	}
	if err == nil && len(breaches) > 0 {
		return status(exitUnhealthy)
	}
	return err
}

// breaches are the limits that do not hold.
func (k *check) breaches(f found, rate float64) []breach {
	var list []breach
	if f.cut != "" {
		list = append(list, breach{Limit: "all traces can be read", Found: "cut: " + f.cut})
	}
	set := slices.DeleteFunc(slices.Clone(f.set), func(t *traces.Trace) bool { return len(t.Rows) == 0 }) // nothing usable in it
	if len(set) < k.least {
		list = append(list, breach{Limit: fmt.Sprintf("at least %d traces", k.least), Found: fmt.Sprintf("%d", len(set))})
	}
	failed, first := 0, ""
	var slow *traces.Trace
	for _, t := range set {
		if t.Origin >= 0 {
			failed++
			first = cmp.Or(first, t.ID)
		}
		if slow == nil || t.Duration() > slow.Duration() {
			slow = t
		}
	}
	if k.longest > 0 && slow != nil && slow.Duration() > k.longest.Microseconds() {
		list = append(list, breach{"at most " + k.longest.String(), units.Duration(slow.Duration()), slow.ID})
	}
	if n := len(set); n > 0 && float64(failed) > rate*float64(n) {
		list = append(list, breach{fmt.Sprintf("at most %g %% failed", 100*rate), fmt.Sprintf("%d of %d", failed, n), first})
	}
	return list
}

func (k *check) print(a *app, breaches []breach, set stats.Set) {
	for _, b := range breaches {
		text := fmt.Sprintf("BREACH: %s, and it was %s", b.Limit, b.Found)
		if b.TraceID != "" {
			text += " (trace " + b.TraceID + ")"
		}
		fmt.Fprintln(a.out, text)
	}
	w := set.Traces
	if len(breaches) == 0 {
		fmt.Fprint(a.out, "OK: ")
	}
	fmt.Fprintf(a.out, "%d traces, p50 %s, p95 %s, max %s, %d failed\n", w.Count, units.Duration(w.P50), units.Duration(w.P95), units.Duration(w.Max), w.Errors)
}
