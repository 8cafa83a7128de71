//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/report"
)

// six is the length of the chains below, and eleven the spans that a request leaves in one: the head's, and two of each hop.
const six, eleven = 6, 11

func TestTheSlowestTracePointsAtTheSlowLink(t *testing.T) {
	c := newCLI(t)
	c.do("deploy", "--instances", fmt.Sprint(six), "--no-load")
	c.wantSlowest(2, 150*time.Millisecond)
}

// Zipkin itself collects, first as a chain's own collector, where Pod Security is enforced as "restricted", then by URL
// for another chain.
func TestTheSlowestTraceOfARealZipkin(t *testing.T) {
	image := kubetest.Need(t, "CHAINTUI_E2E_ZIPKIN_IMAGE")
	c := newCLI(t, "CHAINTUI_ZIPKIN_IMAGE="+image)
	c.do("deploy", "--instances", fmt.Sprint(six), "--no-load", "--collector", "zipkin")
	c.wantRestricted(image)
	c.wantSlowest(2, 150*time.Millisecond)

	other := newCLI(t)
	other.do("deploy", "--instances", fmt.Sprint(six), "--no-load", "--collector", fmt.Sprintf("http://%s.%s", chain.CollectorService, c.namespace))
	other.do("traces") // by the name that it has in the cluster, through the API server
	other.environ = append(other.environ, "CHAINTUI_ZIPKIN_URL="+c.forward("collector"))
	other.wantSlowest(4, 600*time.Millisecond) // slower than the other chain's, which Zipkin has too
}

// Two chains at one collector are told apart by where their links are.
func TestChainsThatShareACollector(t *testing.T) {
	one := newCLI(t)
	one.do("deploy", "--instances", "1", "--no-load")
	other := newCLI(t)
	other.do("deploy", "--instances", "1", "--no-load", "--collector", fmt.Sprintf("http://%s.%s", chain.CollectorService, one.namespace))
	for _, c := range []*cli{one, other} {
		c.do("validate")
	}
	sent := map[*cli][]string{one: one.request(), other: other.request()}
	for c, ids := range sent {
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(250 * time.Millisecond) { // until all have arrived
			out := c.do("traces", "list", "-o", "json")
			if !slices.ContainsFunc(ids, func(id string) bool { return !strings.Contains(out, id) }) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%v are not all in %s", ids, out)
			}
		}
	}
	for c, ids := range map[*cli][]string{one: sent[other], other: sent[one]} {
		out := c.do("traces", "list", "-o", "json")
		for _, id := range ids {
			if strings.Contains(out, id) {
				t.Errorf("%s is another chain's: %s", id, out)
			}
		}
		c.do("traces", "show", ids[0]) // by its id all the same
	}
}

// cli is the command line with a namespace of its own.
type cli struct {
	t         *testing.T
	namespace string
	environ   []string
}

func newCLI(t *testing.T, environ ...string) *cli {
	kubeconfig, image := kubetest.Need(t, "CHAINTUI_E2E_KUBECONFIG"), kubetest.Need(t, "CHAINTUI_E2E_IMAGE")
	c := &cli{t: t, namespace: "traces-" + strings.ToLower(rand.Text())[:8]}
	c.environ = append([]string{
		"HOME=" + t.TempDir(), "CHAINTUI_KUBECONFIG=" + kubeconfig, "CHAINTUI_NAMESPACE=" + c.namespace,
		"CHAINTUI_CHAIN_LINK_IMAGE=" + image, "CHAINTUI_TOOLS_IMAGE=" + image,
	}, environ...)
	t.Cleanup(func() {
		if t.Failed() {
			logs, _ := c.run("logs", "--since", "2m")
			t.Logf("logs of %s:\n%s", c.namespace, logs)
		}
		if out, code := c.run("delete", "--no-wait"); code != exitHealthy {
			t.Errorf("delete of %s: exit code %d: %s", c.namespace, code, out)
		}
	})
	return c
}

// run runs a command: what it wrote on stdout (with stderr when it failed) and its exit code.
func (c *cli) run(args ...string) (string, int) {
	var out, errs bytes.Buffer
	code := run(args, c.environ, strings.NewReader(""), &out, &errs)
	if code != exitHealthy {
		return out.String() + errs.String(), code
	}
	return out.String(), code
}

func (c *cli) do(args ...string) string {
	c.t.Helper()
	began := time.Now()
	out, code := c.run(args...)
	if code != exitHealthy {
		c.t.Fatalf("chaintui %v: exit code %d: %s", args, code, out)
	}
	c.t.Logf("%.1f s: chaintui %s", time.Since(began).Seconds(), strings.Join(args, " "))
	return out
}

// request sends requests and returns the ids of their traces.
func (c *cli) request() []string {
	c.t.Helper()
	var ids []string
	for d := json.NewDecoder(strings.NewReader(c.do("request", "--count", "3", "-o", "json"))); d.More(); {
		var sent report.Document
		if err := d.Decode(&sent); err != nil {
			c.t.Fatal(err)
		}
		ids = append(ids, sent.Trace.TraceID)
	}
	return ids
}

// wantSlowest makes a link slow and wants the slowest trace to say so, whole, with a critical path that points at the link.
func (c *cli) wantSlowest(link int, by time.Duration) {
	c.t.Helper()
	c.do("validate") // waits until every Service leads to its pod
	c.request()      // opens the connections between links, whose making is not the link's time
	c.do("fault", fmt.Sprint(link), "--latency", by.String())
	sent := c.request()
	var d report.Document
	var out string
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(250 * time.Millisecond) { // until it has settled
		var code int
		if out, code = c.run("traces", "show", "slowest", "-o", "json"); code == exitHealthy {
			d = report.Document{}
			if err := json.Unmarshal([]byte(out), &d); err != nil {
				c.t.Fatal(err)
			}
			if slices.Contains(sent, d.Trace.TraceID) && d.Trace.Ledger.Received >= eleven {
				break
			}
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("the slowest trace is none of %v: %s", sent, out)
		}
	}
	c.wantSpans(d.Trace)
	c.wantPath(d.Trace, chain.ServiceName(link), by)
	if c.t.Failed() {
		c.t.Log(out)
	}
	if text := c.do("traces", "show", "slowest"); !strings.Contains(text, chain.InstanceName(link)+" ") || !strings.Contains(text, "critical path") {
		c.t.Errorf("the text does not name the link:\n%s", text)
	}
}

// wantSpans wants the spans of the hops, each once, the halves of each call joined, and no time below 0 between them.
func (c *cli) wantSpans(d *report.Trace) {
	c.t.Helper()
	if l := d.Ledger; l.Received != eleven || l.Shown != eleven || l.Merged != 0 || l.Refused != 0 || d.Repaired != 0 || d.Cut != "" {
		c.t.Errorf("ledger %+v, %d repaired, cut %q", l, d.Repaired, d.Cut)
	}
	if len(d.Rows) != six {
		c.t.Fatalf("%d rows", len(d.Rows))
	}
	var positions []int
	for i, r := range d.Rows {
		kinds, services := []string{"CLIENT", "SERVER"}, []string{chain.ServiceName(max(i-1, 0)), chain.ServiceName(i)}
		if i == 0 {
			kinds, services = kinds[1:], services[1:]
		}
		if r.Depth != i || !slices.Equal(r.Kinds, kinds) || !slices.Equal(r.Services, services) || len(r.Marks) > 0 || r.Shift != 0 || r.Error != "" {
			c.t.Errorf("row %d is not hop %d: %+v", i, i, r)
		}
		if i > 0 && (r.IDs[0] != r.IDs[1] || r.Network == nil || *r.Network < 0 || *r.Network > r.Duration) {
			c.t.Errorf("the halves of hop %d don't fit: %+v", i, r)
		}
		if r.Start == nil || *r.Start < 0 || r.Duration <= 0 || r.SelfTime < 0 {
			c.t.Errorf("row %d has odd times: %+v", i, r)
		}
		for _, p := range r.Positions {
			positions = append(positions, p...)
		}
	}
	slices.Sort(positions)
	for i, p := range positions {
		if i != p || len(positions) != eleven {
			c.t.Fatalf("not every span is drawn once: %v", positions)
		}
	}
}

// wantPath wants a critical path without gaps, most of it the service's own time.
func (c *cli) wantPath(d *report.Trace, service string, by time.Duration) {
	c.t.Helper()
	own, at := map[string]int64{}, int64(0)
	for _, s := range d.CriticalPath {
		if s.Start != at || s.Duration <= 0 {
			c.t.Errorf("the critical path has a gap at %d µs: %+v", at, s)
		}
		at = s.Start + s.Duration
		if services := d.Rows[s.Row].Services; !s.Network {
			own[services[len(services)-1]] += s.Duration
		}
	}
	if at != d.Duration {
		c.t.Errorf("the critical path ends at %d µs of %d", at, d.Duration)
	}
	if d.SlowestHop != service || d.SlowestSelf < by.Microseconds() || own[service] != d.SlowestSelf {
		c.t.Errorf("the slowest hop is %s with %d µs of %d; critical path by service: %v", d.SlowestHop, d.SlowestSelf, d.Duration, own)
	}
	links := slices.DeleteFunc(slices.Clone(d.Shares), func(s critical.Share) bool { return s.Network })
	if len(links) != six || links[0].Service != service {
		c.t.Errorf("the largest share of a link is not its: %+v", d.Shares)
	}
	c.t.Logf("%s: %d µs of the %d µs are its own", service, d.SlowestSelf, d.Duration)
}

// wantRestricted wants the collector to be a pod of that image in a namespace that enforces Pod Security "restricted".
func (c *cli) wantRestricted(image string) {
	c.t.Helper()
	cluster, err := kube.Connect(kube.Options{Kubeconfig: os.Getenv("CHAINTUI_E2E_KUBECONFIG")})
	if err != nil {
		c.t.Fatal(err)
	}
	defer cluster.Disconnect()
	namespace, err := kubetest.Clientset(cluster).CoreV1().Namespaces().Get(c.t.Context(), c.namespace, metav1.GetOptions{})
	if err != nil {
		c.t.Fatal(err)
	}
	if level := namespace.Labels["pod-security.kubernetes.io/enforce"]; level != "restricted" {
		c.t.Errorf("Pod Security enforces %q", level)
	}
	pods, err := kubetest.Clientset(cluster).CoreV1().Pods(c.namespace).List(c.t.Context(), metav1.ListOptions{LabelSelector: labels.FormatLabels(chain.CollectorSelector())})
	if err != nil {
		c.t.Fatal(err)
	}
	running := slices.ContainsFunc(pods.Items, func(p corev1.Pod) bool {
		return p.Status.Phase == corev1.PodRunning && p.Spec.Containers[0].Image == image
	})
	if !running || len(pods.Items) != 1 {
		c.t.Errorf("the collector is not one pod of %s: %v", image, pods.Items)
	}
}

// forward runs port-forward in a process of its own, for it ends on an interrupt only, and returns the local address.
func (c *cli) forward(target string) string {
	c.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	forward := exec.CommandContext(ctx, "chaintui", "port-forward", target)
	forward.Env = c.environ
	forward.Stderr = os.Stderr
	forward.Cancel = func() error { return forward.Process.Signal(syscall.SIGINT) }
	forward.WaitDelay = 10 * time.Second
	out, err := forward.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := forward.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		cancel()
		if _ = forward.Wait(); forward.ProcessState.ExitCode() != exitInterrupted {
			c.t.Errorf("port-forward ended with %v", forward.ProcessState)
		}
	})
	line, err := bufio.NewReader(io.LimitReader(out, 1<<10)).ReadString('\n')
	if err != nil {
		c.t.Fatalf("port-forward says %q: %v", line, err)
	}
	return strings.TrimSpace(line)
}
