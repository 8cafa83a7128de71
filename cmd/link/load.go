package main

import (
	"errors"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/load"
)

func loadCommand() *cobra.Command {
	var o load.Options
	var c common
	cmd := &cobra.Command{Use: "load", Short: "Send requests to the head of the chain at a rate", Args: cobra.NoArgs}
	f := &flags{set: cmd.Flags()}
	c.add(f, ":8000")
	f.text(&o.Target, "target", "CHAIN_LINK_TARGET", "http://"+chain.ServiceName(0)+"/", "URL of the head")
	f.text(&o.ConfigDir, "config-dir", "CHAIN_LINK_CONFIG_DIR", chain.ConfigDir, "folder where the ConfigMap is mounted; its "+chain.LoadKey+" wins over the flags; empty follows none")
	f.number(&o.Load.Rate, "rate", "CHAIN_LINK_RATE", chain.DefaultRate, "requests a second")
	f.integer(&o.Load.Concurrency, "concurrency", "CHAIN_LINK_CONCURRENCY", chain.DefaultConcurrency, "requests at once; more are skipped and counted")
	f.yes(&o.Load.Jitter, "jitter", "CHAIN_LINK_JITTER", "random intervals instead of even ones")
	f.duration(&o.Timeout, "timeout", "CHAIN_LINK_TIMEOUT", 15*time.Second, "time of a request; above the links', to see their 504")
	f.duration(&o.DrainGrace, "drain-grace", "CHAIN_LINK_DRAIN_GRACE", 10*time.Second, "time for requests in flight after SIGTERM")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if err := errors.Join(f.errs...); err != nil {
			return err
		}
		if o.Log, err = c.logger(); err != nil {
			return err
		}
		if o.Dial, err = c.dial(); err != nil {
			return err
		}
		o.DrainDelay, o.Version, o.Pod = c.drainDelay, version(), os.Getenv("POD_NAME")
		on, err := net.Listen("tcp", c.listen)
		if err != nil {
			return err
		}
		g, err := load.New(o)
		if err != nil {
			return errors.Join(err, on.Close())
		}
		return stopped(cmd.Context(), g.Run(cmd.Context(), on))
	}
	return cmd
}
