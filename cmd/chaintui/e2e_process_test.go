//go:build e2e

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// process is chaintui in a process of its own, which can be interrupted.
type process struct {
	*exec.Cmd
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// start starts it. What it writes to stdout and stderr is kept, in order.
func (r *rig) start(args ...string) *process {
	r.t.Helper()
	p := &process{Cmd: exec.Command("chaintui", args...)}
	p.Env, p.Stdout, p.Stderr = r.environ, p, p
	if err := p.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// interrupt is ctrl-C; it waits for the end and returns the exit code, as a shell does for a process that the signal met
// before it could catch it.
func (p *process) interrupt() int {
	_ = p.Process.Signal(syscall.SIGINT)
	_ = p.Wait()
	if status, ok := p.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return p.ProcessState.ExitCode()
}

// Both say that the API server is gone, wait, and go on when it is back.
func TestAnOutageIsWaitedFor(t *testing.T) {
	const outage = 20 * time.Second
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "1", "--no-load")
	status := r.start("status", "-w")
	deploy := r.start("deploy", "--instances", "3")
	saysSoon(t, deploy, "applying", 30*time.Second)
	kubetest.Launcher(t, "stop", "kube-apiserver")
	over := time.After(outage)
	saysSoon(t, status, "can't be reached", 30*time.Second)
	saysSoon(t, deploy, "can't be reached", 30*time.Second)
	<-over
	kubetest.Launcher(t, "start", "kube-apiserver")
	began := time.Now()
	if err := deploy.Wait(); err != nil {
		t.Errorf("deploy: %v\n%s", err, deploy.said())
	}
	t.Logf("deploy finished %.1f s after the API server was started again", time.Since(began).Seconds())
	saysSoon(t, deploy, "answers again", 0)
	saysSoon(t, status, "answers again", 30*time.Second)
	saysSoon(t, status, "3 of 3 links ready", 30*time.Second)
	if code := status.interrupt(); code != exitInterrupted {
		t.Errorf("status -w: exit code %d", code)
	}
}

func saysSoon(t *testing.T, p *process, text string, within time.Duration) {
	t.Helper()
	for deadline := time.Now().Add(within); !strings.Contains(p.said(), text); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%v has not said %q within %v:\n%s", p.Args, text, within, p.said())
		}
	}
}

// At whatever moment: 130, what was done is said, and the next deploy finishes the work.
func TestInterruptedAtAnyMoment(t *testing.T) {
	r := newRig(t)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	cut := 0
	for i := range 8 {
		links := fmt.Sprint(1 + (i*3)%5)
		after := time.Duration(random.Int64N(int64(2500 * time.Millisecond)))
		p := r.start("deploy", "--instances", links, "--no-load")
		time.Sleep(after)
		switch code := p.interrupt(); {
		case code == exitHealthy: // it had finished
		case code != exitInterrupted:
			t.Errorf("seed %d: interrupted after %v: exit code %d\n%s", seed, after, code, p.said())
		default:
			cut++
			if text := p.said(); text != "" && !strings.Contains(text, "as far as it came: ") && !strings.Contains(text, "nothing was changed") {
				t.Errorf("seed %d: interrupted after %v, it does not say what was done:\n%s", seed, after, text)
			}
		}
	}
	t.Logf("seed %d: %d of 8 were interrupted at work", seed, cut)
	r.exits(exitHealthy, "deploy", "--instances", "3")
	r.exits(exitHealthy, "validate")
}

// Interrupted while it deploys or validates, a whole run still removes what it created.
func TestACIRunIsCleanedUpWhenInterrupted(t *testing.T) {
	for _, at := range []string{"applying links", "waiting for the links", "sending a request"} {
		r := newRig(t)
		p := r.start("--headless", "--deploy", "--validate", "--cleanup", "--instances", "2")
		saysSoon(t, p, at, 60*time.Second)
		if code := p.interrupt(); code != exitInterrupted && (code != exitHealthy || at != "sending a request") {
			t.Errorf("interrupted at %q: exit code %d\n%s", at, code, p.said())
		}
		if out := r.exits(exitUnhealthy, "status"); !strings.Contains(out, "no chain") {
			t.Errorf("interrupted at %q, it left:\n%s\n%s", at, out, p.said())
		}
	}
}
