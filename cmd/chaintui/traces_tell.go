package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// whole refuses the flags by which a server chooses traces where a file is read, which is taken as it is: an answer about
// others than were asked for would be a wrong one.
func whole(c *cobra.Command, args []string, choosing ...string) error {
	for _, name := range choosing {
		if len(args) > 0 && c.Flags().Changed(name) {
			return usage{fmt.Errorf("--%s chooses among a collector's traces: %s is taken whole", name, args[0])}
		}
	}
	return nil
}

// tellLimits says what the traces found are not.
func (a *app) tellLimits(f found) {
	if f.cut != "" {
		a.say("the answer ended early, some traces are missing: %s", f.cut)
	}
	if f.full {
		a.say("these are the %d newest traces: there may be more, and older ones, for which --limit and --deeper look", len(f.set))
	}
}

// tellService says so when the collector does not know the service of which nothing was found.
func (a *app) tellService(ctx context.Context, api *zipkin.API, name string) {
	const named = 10
	known, err := api.Services(ctx)
	if err != nil || slices.Contains(known, strings.ToLower(name)) {
		return
	}
	list := strings.Join(known[:min(len(known), named)], ", ")
	if len(known) > named {
		list += fmt.Sprintf(" and %d more", len(known)-named)
	}
	a.say("the collector knows no service %s; it knows %s", name, cmp.Or(sanitise.Line(list), "none"))
}
