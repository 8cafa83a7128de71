package watch

import (
	"context"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// addSources makes a source for each kind. Pods and ReplicaSets, of which a namespace may hold many, are selected by
// the chain's label. The others are told apart as they arrive: the older tool put no labels on its Deployments and
// ConfigMap, and a Service's may be changed by hand. Events wait for the others, as nothing is judged by them.
func (w *Watcher) addSources() {
	c, ns := w.cluster.Lean, w.cluster.Namespace
	ours := "app=" + chain.App
	w.sources = []*source{
		from(w, state.Pods, &corev1.Pod{}, c.Pods(ns), ours),
		from(w, state.Deployments, &appsv1.Deployment{}, c.Deployments(ns), ""),
		from(w, state.ReplicaSets, &appsv1.ReplicaSet{}, c.ReplicaSets(ns), ours),
		from(w, state.Services, &corev1.Service{}, c.Services(ns), ""),
		from(w, state.EndpointSlices, &discoveryv1.EndpointSlice{}, c.EndpointSlices(ns), ""),
		from(w, state.ConfigMaps, &corev1.ConfigMap{}, c.ConfigMaps(ns), ""),
		from(w, state.Events, &corev1.Event{}, c.Events(ns), ""),
	}
	w.source(state.Events).after = w.sources[:len(w.sources)-1]
}

func (w *Watcher) source(kind state.Kind) *source {
	for _, s := range w.sources {
		if s.kind == kind {
			return s
		}
	}
	return nil
}

// reader is what client-go's typed clients have in common.
type reader[L runtime.Object] interface {
	List(context.Context, metav1.ListOptions) (L, error)
	Watch(context.Context, metav1.ListOptions) (watch.Interface, error)
}

func from[L runtime.Object](w *Watcher, kind state.Kind, example runtime.Object, r reader[L], selector string) *source {
	return &source{
		w: w, kind: kind, example: example, synced: make(chan struct{}),
		objects: cache.ListWatch{
			ListWithContextFunc: func(ctx context.Context, opts metav1.ListOptions) (runtime.Object, error) {
				opts.LabelSelector = selector
				return r.List(ctx, opts)
			},
			WatchFuncWithContext: func(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error) {
				opts.LabelSelector = selector
				return r.Watch(ctx, opts)
			},
		},
	}
}
