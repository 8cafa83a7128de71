//go:build e2e && bench

package write_test

import (
	"context"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

// A chain of 500 links that no node takes is submitted in hardly more time than a bare loop of 32 workers needs for the
// same bodies. The machine's other work shows in both: a bad ratio is measured again, and the best of each counts.
func TestSubmitting500Links(t *testing.T) {
	const links, want = 500, 1.15
	spec := specOf(links)
	spec.Pods.NodeSelector = map[string]string{"chaintui.test/no-such-node": "yes"}
	var bare, ours time.Duration
	for round := 0; round < 3 && (round == 0 || ours.Seconds() > want*bare.Seconds()); round++ {
		b := newBench(t)
		b.namespace()
		bare = best(bare, b.bareLoop(spec))
		b.cleanUp()

		b = newBench(t)
		b.namespace()
		began := time.Now()
		_, result, err := b.writer.Change(b.ctx, write.Deploy(spec, nil, nil), false)
		if err != nil {
			t.Fatalf("%v, %v", result, err)
		}
		ours = best(ours, time.Since(began))
		b.cleanUp()
	}
	ratio, peak := ours.Seconds()/bare.Seconds(), peakMB(t)
	t.Logf("%d links: bare loop %v, deploy %v, ratio %.3f; peak RSS of this process %d MB", links, bare, ours, ratio, peak)
	if ratio > want {
		t.Errorf("deploy takes %.2f times the bare loop; want at most %v", ratio, want)
	}
	if peak > 100 {
		t.Errorf("%d MB of memory; want at most 100", peak)
	}
}

func best(so, d time.Duration) time.Duration {
	if so == 0 || d < so {
		return d
	}
	return so
}

// cleanUp deletes the namespace and waits until its controllers have nothing left to do there.
func (b *bench) cleanUp() {
	b.t.Helper()
	api := kubetest.Clientset(b.cluster).CoreV1().Namespaces()
	if err := api.Delete(b.ctx, b.cluster.Namespace, metav1.DeleteOptions{}); err != nil {
		b.t.Fatal(err)
	}
	for b.ctx.Err() == nil {
		if _, err := api.Get(b.ctx, b.cluster.Namespace, metav1.GetOptions{}); err != nil {
			return
		}
		b.settle()
	}
}

// bareLoop sends the same bodies by 32 workers, and nothing else.
func (b *bench) bareLoop(spec chain.Spec) time.Duration {
	b.t.Helper()
	objects, err := manifests.Objects(spec, b.cluster.Namespace, chain.Live{Order: spec.Order()})
	if err != nil {
		b.t.Fatal(err)
	}
	apis := map[manifests.Kind]rest.Interface{
		manifests.ConfigMap: kubetest.Clientset(b.cluster).CoreV1().RESTClient(), manifests.Service: kubetest.Clientset(b.cluster).CoreV1().RESTClient(),
		manifests.Deployment: kubetest.Clientset(b.cluster).AppsV1().RESTClient(), manifests.NetworkPolicy: kubetest.Clientset(b.cluster).NetworkingV1().RESTClient(),
	}
	queue := make(chan manifests.Object)
	var group sync.WaitGroup
	began := time.Now()
	for range 32 {
		group.Go(func() {
			for o := range queue {
				err := apis[o.Kind].Patch(types.ApplyPatchType).Namespace(o.Namespace).Resource(o.Kind.Resource().Resource).
					Name(o.Name).Param("fieldManager", "bare").Body(o.Body).Do(context.Background()).Error()
				if err != nil {
					b.t.Error(err)
				}
			}
		})
	}
	for _, o := range objects {
		queue <- o
	}
	close(queue)
	group.Wait()
	return time.Since(began)
}

// peakMB is the most memory that this process ever used.
func peakMB(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb / 1024
		}
	}
	return 0
}
