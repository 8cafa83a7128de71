// Command chaintui deploys a chain of services on Kubernetes, watches it live, draws its traces, and proves that it
// works. Without a command on a terminal it opens the dashboard.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}
