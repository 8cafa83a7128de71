//go:build e2e && linux

package e2e

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestUpTwiceAndDownLeavesTheMachineAsItWas(t *testing.T) {
	before := look(t)
	c := use(t, "a")
	c.run("up")
	c.run("status")
	if out := c.run("up"); !strings.Contains(out, "running already") {
		t.Errorf("a second up says %q", out)
	}
	c.deploy()
	during := look(t)
	if len(during.processes) == len(before.processes) || len(during.cgroups) == 0 || len(during.files) == 0 {
		t.Errorf("the comparison doesn't see a running cluster: %+v", during)
	}
	c.run("down")
	if out, err := c.try("status"); err == nil {
		t.Errorf("status succeeds on no cluster: %s", out)
	}
	same(t, before, look(t))
	c.run("down") // nothing to do, and no error
	same(t, before, look(t))
}

func TestPodsReachServicesByName(t *testing.T) {
	c := use(t, "a")
	c.run("up")
	c.deploy()
	const proxy = "/api/v1/namespaces/default/services/app:80/proxy"
	// kube-proxy learns of ready pods a second after the Deployment does.
	c.eventually(15*time.Second, func() error {
		out, err := c.try("kubectl", "get", "--raw", proxy+"/get?url=http://app.default.svc.cluster.local/")
		if err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		return nil
	})
	for range 5 { // either pod, and by chance itself
		if out := c.run("kubectl", "get", "--raw", proxy+"/get?url=http://app.default.svc.cluster.local/"); !strings.HasPrefix(out, "app-") {
			t.Errorf("a pod that calls its own Service gets %q", out)
		}
	}
	if out, err := c.try("kubectl", "get", "--raw", proxy+"/get?url=http://192.0.2.1/"); err == nil || !strings.Contains(out, "unreachable") {
		t.Errorf("a pod reaches the network outside: %q, %v", out, err)
	}
	if out := c.run("kubectl", "logs", "deployment/app"); !strings.Contains(out, "serving as app-") {
		t.Errorf("logs = %q", out)
	}
}

func TestKilledLauncherNeverStopsTheNext(t *testing.T) {
	before := look(t)
	seed := number("LOCALCLUSTER_SEED", time.Now().UnixNano())
	t.Logf("LOCALCLUSTER_SEED=%d", seed)
	random := rand.New(rand.NewPCG(uint64(seed), 0)) //nolint:gosec // any moment will do
	c := use(t, "a")
	for range number("LOCALCLUSTER_KILLS", 3) {
		c.kill("up", time.Duration(random.Int64N(int64(5*time.Second))))
		c.run("up")
		c.run("status")
		c.kill("down", time.Duration(random.Int64N(int64(150*time.Millisecond))))
		c.run("up")
		c.run("status")
		c.kill("down", time.Duration(random.Int64N(int64(150*time.Millisecond))))
		c.run("down")
		same(t, before, look(t))
	}
}

// kill runs a command and kills the launcher after a while.
func (c cluster) kill(command string, after time.Duration) {
	c.t.Helper()
	cmd := c.command(command)
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		c.t.Logf("%s ended before it was killed at %s: %v", command, after, err)
		if err != nil {
			c.t.Error("and it failed")
		}
		return
	case <-time.After(after):
	}
	if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), "finished") {
		c.t.Fatal(err)
	}
	c.t.Logf("%s killed after %s: %v", command, after, <-ended)
}

func TestTwoClustersSideBySide(t *testing.T) {
	before := look(t)
	a, b := use(t, "a"), use(t, "b")
	a.run("up")
	b.run("up")
	a.deploy()
	b.deploy()
	pods := func() string {
		return b.run("kubectl", "get", "pods", "--no-headers", "-o",
			"custom-columns=N:.metadata.name,P:.status.phase,R:.status.containerStatuses[0].restartCount,I:.status.containerStatuses[0].containerID")
	}
	was := pods()
	a.run("down")
	b.run("status")
	// Time enough for a kubelet or a runtime to notice that something is gone.
	<-time.After(5 * time.Second)
	if is := pods(); is != was || strings.Count(is, "Running") != 2 {
		t.Errorf("the other cluster's pods were\n%sand are\n%s", was, is)
	}
	b.run("down")
	same(t, before, look(t))
}

func TestComponentsStopAndStart(t *testing.T) {
	c := use(t, "a")
	c.run("up")
	c.deploy()
	server := c.run("kubectl", "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}")
	was := c.run("kubectl", "get", "deployment", "app", "-o", "jsonpath={.metadata.uid}")
	c.run("stop", "kube-apiserver")
	var exit *exec.ExitError
	if out, err := c.try("status"); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(out, "stopped") {
		t.Errorf("status without an API server: %v\n%s", err, out)
	}
	if out, err := c.try("kubectl", "get", "nodes"); err == nil {
		t.Errorf("an API server that is stopped answers: %s", out)
	}
	c.run("start", "kube-apiserver")
	if is := c.run("kubectl", "get", "deployment", "app", "-o", "jsonpath={.metadata.uid}"); is != was {
		t.Errorf("the state changed: %s, was %s", is, was)
	}
	if is := c.run("kubectl", "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"); is != server {
		t.Errorf("the address changed: %s, was %s", is, server)
	}
	c.run("pause", "kube-apiserver")
	if out, err := c.try("kubectl", "get", "nodes", "--request-timeout=1s"); err == nil {
		t.Errorf("an API server that is paused answers: %s", out)
	}
	c.run("unpause", "kube-apiserver")
	for _, name := range []string{"etcd", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "containerd", "coredns"} {
		c.run("stop", name)
		c.run("start", name)
	}
	c.eventually(30*time.Second, func() error {
		out, err := c.try("status")
		if err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		return nil
	})
	c.run("stop", "kubelet")
	if out := c.run("up"); !strings.Contains(out, "starting kubelet again") {
		t.Errorf("up with a stopped kubelet says %q", out)
	}
	restarts := c.run("kubectl", "get", "pods", "-o", "jsonpath={.items[*].status.containerStatuses[*].restartCount}")
	if restarts != "0 0" {
		t.Errorf("the pods' restarts: %s", restarts)
	}
}
