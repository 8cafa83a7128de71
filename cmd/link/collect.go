package main

import (
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/link/drain"
)

func collectCommand() *cobra.Command {
	var o collector.Options
	var c common
	var grace time.Duration
	cmd := &cobra.Command{Use: "collect", Short: "Collect spans in memory, and answer Zipkin's queries for them", Args: cobra.NoArgs}
	f := &flags{set: cmd.Flags()}
	c.add(f, ":9411")
	f.integer(&o.MaxSpans, "max-spans", "CHAIN_LINK_MAX_SPANS", 0, "spans kept; the oldest traces go first; 0 is the collector's default")
	f.integer(&o.MaxBytes, "max-bytes", "CHAIN_LINK_MAX_BYTES", 0, "bytes that they take; 0 is 256 MiB, or half of the container's memory if that is less")
	f.duration(&grace, "drain-grace", "CHAIN_LINK_DRAIN_GRACE", 10*time.Second, "time for requests in flight once the listener is closed")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := errors.Join(f.errs...); err != nil {
			return err
		}
		log, err := c.logger()
		if err != nil {
			return err
		}
		if limit := containerLimit(); o.MaxBytes == 0 && limit > 0 {
			o.MaxBytes = int(min(limit/2, 256<<20))
		}
		o.Version, o.Logger = version(), log
		on, err := net.Listen("tcp", c.listen)
		if err != nil {
			return err
		}
		log.Info("collector serves", "listen", on.Addr().String(), "version", version())
		server := &http.Server{Handler: collector.New(o).Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 75 * time.Second, MaxHeaderBytes: 64 << 10}
		err = drain.Serve(cmd.Context(), on, server, drain.Plan{Delay: c.drainDelay, Grace: grace})
		return stopped(cmd.Context(), err)
	}
	return cmd
}
