//go:build linux

// Command localcluster runs a real Kubernetes on one Linux machine, from
// upstream's own components, without Docker.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/chaintui/chaintui/localcluster/internal/cli"
	"github.com/chaintui/chaintui/localcluster/internal/node"
)

// The signal that a child gets when its parent ends belongs to the child's
// first thread, so what takes it back has to run there: the hidden commands do.
func init() { runtime.LockOSThread() }

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case node.EnterCommand:
			fail(node.Enter(os.Args[2:]))
		case node.GatewayCommand:
			fail(node.RunGateway(os.Args[2:]))
		}
	}
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, sources)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
