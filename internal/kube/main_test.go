package kube

import (
	"testing"

	"go.uber.org/goleak"
)

// A port-forward's connection that could not be closed offers the error for a second before it gives up, whoever waits for
// its end.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/moby/spdystream.(*Connection).shutdown"))
}
