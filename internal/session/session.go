// Package session is a chain on a real cluster as the dashboard wants it: snapshots, traffic, traces, logs, objects and
// what actions run on, opened for one context and namespace and closed with everything that it started. The traces of a
// file can stand in for one.
package session

import (
	"context"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/inspect"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// Options are what sessions are opened with.
type Options struct {
	Kube      kube.Options                           // of which context and namespace are replaced
	ZipkinURL string                                 // where traces are read; empty for the chain's collector
	First     func() (chain.Spec, chain.Load, error) // what a first deploy begins with
	Grace     time.Duration                          // how long a link may fail while a change waits for it
	Logins    *Logins                                // may be nil when nobody logs in
	// Where are the flags by which a command line acts on the chain of a context and namespace; nil for none.
	Where func(kubeContext, namespace string) string
}

// Open is a feed.Opener.
func (o Options) Open(ctx context.Context, kubeContext, namespace string) (*feed.Session, error) {
	cluster, err := o.connect(kubeContext, namespace, o.Logins.has(kubeContext))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	watcher := watch.Start(ctx, cluster)
	reach := &reach{cluster: cluster, watcher: watcher, collector: NewCollector(o.ZipkinURL, cluster)}
	forwards := &forwards{ctx: ctx, cluster: cluster, watcher: watcher}
	return &feed.Session{
		Context: cluster.Context, Namespace: cluster.Namespace, ReadOnly: cluster.ReadOnly,
		Snapshots: watcher.Snapshots(),
		Traffic:   newTraffic(reach),
		Traces:    reach,
		Logs:      logSource{cluster, watcher},
		Inspect:   inspect.Inspector{Cluster: cluster},
		Deps:      o.deps(cluster, watcher, reach, forwards, o.where(kubeContext, namespace)),
		Close: func() {
			cancel()
			<-watcher.Stopped()
			forwards.wait()
			cluster.Close()
		},
	}, nil
}

func (o Options) where(kubeContext, namespace string) string {
	if o.Where == nil {
		return ""
	}
	return o.Where(kubeContext, namespace)
}

func (o Options) deps(cluster *kube.Cluster, watcher *watch.Watcher, r *reach, f *forwards, where string) action.Deps {
	return action.Deps{
		Writer: func(progress func(write.Event)) *write.Writer {
			return write.New(cluster, write.Options{Watcher: watcher, Grace: o.Grace, Progress: progress})
		},
		Snapshot: watcher.Latest,
		First:    o.First,
		Where:    where,
		Wait:     true,
		Request:  r.request,
		Validate: r.validate,
		Forward:  f.open,
		DeletePod: func(ctx context.Context, name string) error {
			return write.New(cluster, write.Options{}).DeletePod(ctx, name)
		},
	}
}

// Places lists where a user can go.
type Places struct{ Options Options }

// Contexts are the kubeconfig's; none when it can't be read.
func (p Places) Contexts() []string {
	names, _ := kube.Contexts(p.Options.Kube)
	return names
}

// Namespaces are those of a context's cluster.
func (p Places) Namespaces(ctx context.Context, kubeContext string) ([]string, error) {
	cluster, err := p.Options.connect(kubeContext, "", p.Options.Logins.has(kubeContext))
	if err != nil {
		return nil, err
	}
	defer cluster.Close()
	list, err := cluster.Client.Namespaces().List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, kube.Classify(err)
	}
	names := make([]string, len(list.Items))
	for i := range list.Items {
		names[i] = list.Items[i].Name
	}
	return names, nil
}
