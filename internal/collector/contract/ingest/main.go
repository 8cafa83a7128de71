//go:build zipkin

// Ingest measures the built-in collector and a real Zipkin server side by side: spans taken per second of processor time,
// and memory a span at 500,000 spans. Each runs as a process of its own, one after the other, in a network namespace
// without a way out, and gets the same messages.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/collector/contract"
	"github.com/chaintui/chaintui/internal/collector/zipkinjar"
)

// serving is set in the process that is the built-in collector; its value is the address.
const serving = "CHAINTUI_INGEST_SERVE"

func main() {
	spans := flag.Int("spans", 500_000, "spans a pass")
	passes := flag.Int("passes", 3, "passes; the first fills the memory, the later ones evict as they go")
	batch := flag.Int("batch", 100, "spans a message")
	packed := flag.Bool("gzip", false, "send gzip")
	flag.Parse()
	code, err := run(context.Background(), load{spans: *spans, batch: *batch, gzip: *packed}, *passes)
	if err != nil {
		fmt.Fprintln(os.Stderr, "ingest:", err)
		code = 1
	}
	os.Exit(code)
}

func run(ctx context.Context, load load, passes int) (int, error) {
	if address := os.Getenv(serving); address != "" {
		return 0, serve(ctx, address)
	}
	if !contract.Inside() {
		jar, err := zipkinjar.Find(ctx)
		if err != nil {
			return 1, err
		}
		return contract.Reenter(ctx, "ZIPKIN_JAR="+jar)
	}
	if err := contract.LoopbackUp(); err != nil {
		return 1, err
	}
	fmt.Printf("%d spans a pass, %d a message, gzip %v\n%-9s %4s %14s %14s %10s %12s\n", load.spans, load.batch, load.gzip,
		"server", "pass", "spans/CPU s", "spans/s", "RSS MB", "bytes/span")
	if err := builtin(ctx, load, passes); err != nil {
		return 1, fmt.Errorf("built-in: %w", err)
	}
	return 0, zipkin(ctx, load, passes)
}

// serve is the built-in collector as a process of its own, with a body limit as Zipkin's and no bound below its spans.
func serve(ctx context.Context, address string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: collector.New(collector.Options{}).Handler(), ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(listener)
}

func builtin(ctx context.Context, load load, passes int) error {
	const address = "127.0.0.1:9410"
	self := exec.CommandContext(ctx, "/proc/self/exe")
	self.Env = append(os.Environ(), serving+"="+address)
	self.Stderr = os.Stderr
	self.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := self.Start(); err != nil {
		return err
	}
	defer func() { _ = self.Process.Kill(); _ = self.Wait() }()
	if err := <-contract.WaitFor(ctx, "http://"+address); err != nil {
		return err
	}
	return measure(ctx, "built-in", "http://"+address, self.Process.Pid, load, passes)
}

func zipkin(ctx context.Context, load load, passes int) error {
	server, err := contract.Start(ctx, os.Getenv("ZIPKIN_JAR"), 9411)
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := server.Wait(ctx); err != nil {
		return err
	}
	return measure(ctx, "zipkin", server.URL, server.PID, load, passes)
}
