package main

import (
	"errors"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link"
)

func serveCommand() *cobra.Command {
	var o link.Options
	var c common
	var access string
	cmd := &cobra.Command{Use: "serve", Short: "Serve one link: answer, or call the next and pass its answer on", Args: cobra.NoArgs}
	f := &flags{set: cmd.Flags()}
	c.add(f, ":8000")
	f.text(&o.Service, "service-name", "CHAIN_LINK_SERVICE_NAME", "", "this link's Service")
	f.text(&o.ConfigDir, "config-dir", "CHAIN_LINK_CONFIG_DIR", chain.ConfigDir, "folder where the ConfigMap is mounted")
	f.text(&o.ZipkinURL, "zipkin-url", "CHAIN_LINK_ZIPKIN_URL", link.DefaultZipkinURL, `where spans are posted; "none" reports none`)
	f.number(&o.SampleRate, "sample-rate", "CHAIN_LINK_SAMPLE_RATE", 1, "share of the requests without a caller's decision that are traced, 0 to 1")
	f.duration(&o.Timeout, "timeout", "CHAIN_LINK_TIMEOUT", 10*time.Second, "time of a whole request, passed on from hop to hop")
	f.integer(&o.MaxInFlight, "max-in-flight", "CHAIN_LINK_MAX_IN_FLIGHT", 1024, "requests at once; more are answered 503")
	f.duration(&o.DrainGrace, "drain-grace", "CHAIN_LINK_DRAIN_GRACE", 10*time.Second, "time for requests in flight once the listener is closed")
	f.duration(&o.FlushGrace, "flush-grace", "CHAIN_LINK_FLUSH_GRACE", 3*time.Second, "time to send the last spans after that")
	f.integer(&o.SpanQueue, "span-queue", "CHAIN_LINK_SPAN_QUEUE", 20_000, "spans that wait for the collector; more are dropped and counted")
	f.text(&access, "access-log", "CHAIN_LINK_ACCESS_LOG", string(link.AccessAll), "log all requests, errors or off; never more than 100 lines a second")
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
		if o.ZipkinURL == "none" {
			o.ZipkinURL = ""
		}
		o.Listen, o.DrainDelay, o.AccessLog, o.Version = c.listen, c.drainDelay, link.AccessLog(access), version()
		o.Pod, o.Node, o.Namespace = os.Getenv("POD_NAME"), os.Getenv("NODE_NAME"), os.Getenv("POD_NAMESPACE")
		on, err := net.Listen("tcp", c.listen)
		if err != nil {
			return err
		}
		l, err := link.New(o)
		if err != nil {
			return errors.Join(err, on.Close())
		}
		return stopped(cmd.Context(), l.Run(cmd.Context(), on))
	}
	return cmd
}
