//go:build e2e

package write_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// load is what the load generator counts.
func (b *bench) load() chain.LoadState {
	b.t.Helper()
	data, err := kubetest.Clientset(b.cluster).CoreV1().Services(b.cluster.Namespace).ProxyGet("http", chain.LoadGenerator, "80", "state", nil).DoRaw(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	var s chain.LoadState
	if err := json.Unmarshal(data, &s); err != nil {
		b.t.Fatal(err)
	}
	return s
}

func TestNoRequestIsLostInAnyChange(t *testing.T) {
	b := newBench(t)
	const rate = 200
	b.change(write.Deploy(specOf(4), nil, func(l *chain.Live) error { l.Load = &chain.Load{Rate: rate}; return nil }))
	began := b.load()
	failed := began.Total.Failed
	for _, in := range []write.Intent{
		write.Resize(12), write.Resize(3), write.Redeploy(nil, ""), write.Scale(1, 3), write.Scale(1, 1), write.Rollback(0),
	} {
		p, _ := b.change(in)
		now := b.load()
		if now.Total.Failed > failed {
			t.Errorf("%s: %d of %d requests failed: %v", p.Action, now.Total.Failed-failed, now.Total.Sent, now.Total.Reasons)
		}
		failed = now.Total.Failed
		if p.Action == "scale link 1 to 3" {
			b.shared(1, 3)
		}
	}
	end := b.load()
	sent, due := float64(end.Total.Sent-began.Total.Sent), rate*(end.Total.Seconds-began.Total.Seconds)
	if sent < 0.95*due || !end.Started.Equal(began.Started) {
		t.Errorf("%.0f requests sent of %.0f due; started %v and %v", sent, due, began.Started, end.Started)
	}
	t.Logf("%d requests, %d failed, %d skipped", end.Total.Sent, end.Total.Failed, end.Total.Skipped)
}

// A rollback to a release in which the last link was paused makes it anew: it runs before anybody calls it.
func TestGrowingByALinkThatWasPausedLosesNoRequest(t *testing.T) {
	b := newBench(t)
	b.change(write.Deploy(specOf(3), nil, func(l *chain.Live) error { l.Load = &chain.Load{Rate: 100}; return nil }))
	_, paused := b.change(write.Pause([]int{2}))
	b.change(write.Resize(2))
	before := b.load()
	b.change(write.Rollback(paused.Release))
	b.settle()
	after := b.load()
	if failed := after.Total.Failed - before.Total.Failed; failed > 0 || after.Total.OK == before.Total.OK || len(b.live().Order) != 3 {
		t.Errorf("%d of %d requests failed: %v", failed, after.Total.Sent-before.Total.Sent, after.Total.Reasons)
	}
}

// shared waits until each replica of the link has had a fair share of requests: at the latest when every connection
// from before they were there has been closed for its age, which is 10 s.
func (b *bench) shared(link, replicas int) {
	b.t.Helper()
	began, first := time.Now(), map[string]int64{}
	for {
		least, total := int64(-1), int64(0)
		for name, n := range b.requests(link) {
			if _, known := first[name]; !known {
				first[name] = n
			}
			n -= first[name]
			total += n
			if least < 0 || n < least {
				least = n
			}
		}
		switch fair := 0.6 * float64(total) / float64(replicas); {
		case len(first) == replicas && total > 1000 && float64(least) >= fair:
			b.t.Logf("after %.1f s the %d replicas share the load: the least has %d of %d requests", time.Since(began).Seconds(), replicas, least, total)
			return
		case time.Since(began) > 40*time.Second:
			b.t.Errorf("%d replicas, the least has %d of %d requests", len(first), least, total)
			return
		}
		b.settle()
	}
}

// requests are how many each running pod of the link has answered, by its own count.
func (b *bench) requests(link int) map[string]int64 {
	b.t.Helper()
	pods := kubetest.Clientset(b.cluster).CoreV1().Pods(b.cluster.Namespace)
	list, err := pods.List(b.ctx, metav1.ListOptions{LabelSelector: labels.FormatLabels(chain.Selector(link))})
	if err != nil {
		b.t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, p := range list.Items {
		if p.DeletionTimestamp != nil { // asking one that has ended may take half a minute
			continue
		}
		data, err := pods.ProxyGet("http", p.Name, "8000", "state", nil).DoRaw(b.ctx)
		if err != nil {
			continue
		}
		var s chain.LinkState
		if err := json.Unmarshal(data, &s); err != nil {
			b.t.Fatal(err)
		}
		counts[p.Name] = int64(s.Requests)
	}
	return counts
}

// On a busy node kube-proxy writes a new Service's endpoints seconds after they are there; until then it refuses every
// connection. Here it is stopped when it knows the Services without endpoints, until the new order has been out for a
// while.
func TestGrowingLosesNoRequestWhereKubeProxyIsLate(t *testing.T) {
	const late = 2 * time.Second // also enough for kube-proxy to learn of Services
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	b := newBench(t)
	b.change(write.Deploy(specOf(2), nil, func(l *chain.Live) error { l.Load = &chain.Load{Rate: 200}; return nil }))
	before := b.load()
	b.cordon(true)
	t.Cleanup(func() { b.cordon(false) })
	var stop, start sync.Once
	started := make(chan struct{})
	startProxy := func() { start.Do(func() { kubetest.Launcher(t, "start", "kube-proxy"); close(started) }) }
	b.writer = b.with(write.Options{Progress: func(e write.Event) {
		switch e.Step {
		case "waiting for the new links":
			stop.Do(func() {
				time.AfterFunc(late, func() {
					kubetest.Launcher(t, "stop", "kube-proxy")
					b.cordon(false)
				})
			})
		case "the links load the new configuration":
			time.AfterFunc(late, startProxy)
		}
	}})
	b.change(write.Resize(4))
	<-started
	b.settle()
	after := b.load()
	if failed := after.Total.Failed - before.Total.Failed; failed > 0 || after.Total.OK == before.Total.OK {
		t.Errorf("%d of %d requests failed: %v", failed, after.Total.Sent-before.Total.Sent, after.Total.Reasons)
	}
}

// cordon keeps new pods off every node, or lets them in again.
func (b *bench) cordon(off bool) {
	nodes := kubetest.Clientset(b.cluster).CoreV1().Nodes()
	list, err := nodes.List(context.Background(), metav1.ListOptions{})
	if err != nil {
		b.t.Error(err)
		return
	}
	for _, n := range list.Items {
		patch := fmt.Appendf(nil, `{"spec":{"unschedulable":%v}}`, off)
		if _, err := nodes.Patch(context.Background(), n.Name, types.MergePatchType, patch, metav1.PatchOptions{}); err != nil {
			b.t.Error(err)
		}
	}
}
