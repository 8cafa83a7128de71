// Command pause holds a pod's namespaces open and does nothing else.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// As the first process of a pod that shares its process namespace it
	// inherits the orphans; ignoring the signal makes the kernel reap them.
	signal.Ignore(syscall.SIGCHLD)
	stop := make(chan os.Signal, 1)
	// A bare select{} would be reported as a deadlock.
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
}
