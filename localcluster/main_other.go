//go:build !linux

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "localcluster runs Kubernetes on Linux itself, without a virtual machine, so it needs Linux; "+
		"on other systems use kind (https://kind.sigs.k8s.io) or minikube (https://minikube.sigs.k8s.io)")
	os.Exit(2)
}
