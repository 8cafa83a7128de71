// Command bench compares a link with a bare net/http/httputil reverse proxy that does the same hop, side by side in one
// run: requests per second of one core, and latency added. Each server is a process of its own, so that its CPU time is
// known; the load comes from this process, over loopback.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "serve-role" { // this program, started by itself
		serveRole(os.Args[2])
		return
	}
	seconds := flag.Duration("time", 4*time.Second, "how long each measurement takes")
	rounds := flag.Int("rounds", 3, "how often each is repeated, in turns")
	clients := flag.Int("clients", 32, "connections of the closed loop")
	rate := flag.Float64("rate", 500, "requests per second of the latency measurement")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, plan{*seconds, *rounds, *clients, *rate}); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // stop only gives the signal back
	}
}

type plan struct {
	time    time.Duration
	rounds  int
	clients int
	rate    float64
}

func run(ctx context.Context, p plan) error {
	link, remove, err := build(ctx)
	if err != nil {
		return err
	}
	defer remove()
	results := map[string]*result{}
	for round := range p.rounds {
		for _, s := range subjects {
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, p.rounds, s.name)
			r, err := measure(ctx, p, link, s)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			if results[s.name] == nil {
				results[s.name] = r
			} else {
				results[s.name].add(r)
			}
		}
	}
	fmt.Printf("%s, %s/%s, %d cores; %d rounds of %v, %d clients; latency at %.0f requests/s\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), p.rounds, p.time, p.clients, p.rate)
	report(results)
	return nil
}
