//go:build e2e

package write_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// bench is a namespace of its own on a real cluster, and a writer for it.
type bench struct {
	t        *testing.T
	ctx      context.Context
	cluster  *kube.Cluster
	watcher  *watch.Watcher
	writer   *write.Writer
	mu       sync.Mutex
	warnings []string
	events   []write.Event
}

// newBench connects to the cluster. The namespace is not there yet, and is gone when the test has ended.
func newBench(t *testing.T) *bench {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	b := &bench{t: t, ctx: ctx}
	namespace := "write-" + strings.ToLower(rand.Text())[:8]
	b.cluster = connect(t, namespace, func(text string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.warnings = append(b.warnings, text)
	})
	watching, stop := context.WithCancel(context.Background())
	b.watcher = watch.Start(watching, b.cluster)
	b.writer = b.with(write.Options{})
	t.Cleanup(func() {
		stop()
		<-b.watcher.Stopped()
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		_ = kubetest.Clientset(b.cluster).CoreV1().Namespaces().Delete(ctx, namespace, metav1.DeleteOptions{})
	})
	return b
}

func connect(t *testing.T, namespace string, warn func(string)) *kube.Cluster {
	t.Helper()
	config := os.Getenv("CHAINTUI_E2E_KUBECONFIG")
	if config == "" || os.Getenv("CHAINTUI_E2E_IMAGE") == "" {
		t.Fatal("set CHAINTUI_E2E_KUBECONFIG and CHAINTUI_E2E_IMAGE, or run make e2e")
	}
	cluster, err := kube.Connect(kube.Options{Kubeconfig: config, Namespace: namespace, Warn: warn})
	if err != nil {
		t.Fatal(err)
	}
	return cluster
}

// with is a writer with other options.
func (b *bench) with(o write.Options) *write.Writer {
	o.Watcher = b.watcher
	also := o.Progress
	o.Progress = func(e write.Event) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.events = append(b.events, e)
		if also != nil {
			also(e)
		}
	}
	return write.New(b.cluster, o)
}

func image() string { return os.Getenv("CHAINTUI_E2E_IMAGE") }

func specOf(n int) chain.Spec {
	spec := chain.Default()
	spec.Resize(n)
	spec.Image, spec.ToolsImage = image(), image()
	return spec
}

func deploy(n int) write.Intent {
	return write.Deploy(specOf(n), nil, func(l *chain.Live) error { l.Load = &chain.Load{Rate: 20}; return nil })
}

func (b *bench) change(in write.Intent) (*write.Plan, write.Result) {
	b.t.Helper()
	began := time.Now()
	p, result, err := b.writer.Change(b.ctx, in, true)
	if err != nil {
		b.t.Fatalf("after %v: %v (%v)\n%s", time.Since(began), err, result, b.log())
	}
	b.t.Logf("%s: %v in %v", p.Action, result, time.Since(began).Round(time.Millisecond))
	return p, result
}

func (b *bench) log() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var lines []string
	for _, e := range b.events {
		lines = append(lines, fmt.Sprintf("%s %d/%d %s", e.Step, e.Done, e.Total, e.Message))
	}
	return strings.Join(lines, "\n")
}

// uids are the running pods of the chain by name.
func (b *bench) uids() map[string]types.UID {
	b.t.Helper()
	list, err := kubetest.Clientset(b.cluster).CoreV1().Pods(b.cluster.Namespace).List(b.ctx, metav1.ListOptions{LabelSelector: "app=chain-link"})
	if err != nil {
		b.t.Fatal(err)
	}
	uids := map[string]types.UID{}
	for _, p := range list.Items {
		if p.DeletionTimestamp == nil {
			uids[p.Name] = p.UID
		}
	}
	return uids
}

// restartedNobody fails when a pod was restarted, or a link of before has another pod than then. Pods of links that
// have gone may stay a moment longer than these.
func (b *bench) restartedNobody(before map[string]types.UID) {
	b.t.Helper()
	list, err := kubetest.Clientset(b.cluster).CoreV1().Pods(b.cluster.Namespace).List(b.ctx, metav1.ListOptions{LabelSelector: "app=chain-link"})
	if err != nil {
		b.t.Fatal(err)
	}
	known := map[string]bool{}
	for name := range before {
		known[deploymentOf(name)] = true
	}
	for _, p := range list.Items {
		if _, was := before[p.Name]; !was && known[deploymentOf(p.Name)] && p.DeletionTimestamp == nil {
			b.t.Errorf("%s is new", p.Name)
		}
		for _, c := range p.Status.ContainerStatuses {
			if c.RestartCount > 0 {
				b.t.Errorf("%s was restarted %d times", p.Name, c.RestartCount)
			}
		}
	}
}

// deploymentOf is the Deployment in a pod's name, without the ReplicaSet's hash and its own.
func deploymentOf(pod string) string {
	parts := strings.Split(pod, "-")
	return strings.Join(parts[:max(len(parts)-2, 0)], "-")
}

// live is what the ConfigMap says.
func (b *bench) live() chain.Live {
	b.t.Helper()
	m, err := kubetest.Clientset(b.cluster).CoreV1().ConfigMaps(b.cluster.Namespace).Get(b.ctx, chain.ConfigMap, metav1.GetOptions{})
	if err != nil {
		b.t.Fatal(err)
	}
	live, err := chain.ParseLive(m.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	return live
}

// settle lets the kubelet come to rest. Nothing tells when it has.
func (b *bench) settle() {
	select {
	case <-b.ctx.Done():
	case <-time.After(2 * time.Second):
	}
}

// namespace creates it, as if it had been there before.
func (b *bench) namespace() {
	b.t.Helper()
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: b.cluster.Namespace}}
	if _, err := kubetest.Clientset(b.cluster).CoreV1().Namespaces().Create(b.ctx, ns, metav1.CreateOptions{}); err != nil {
		b.t.Fatal(err)
	}
}
