package watch

import (
	"context"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// noBookmark stands for a proxy that drops the bookmark at the end of a WatchList's initial objects, which no real API
// server does.
type noBookmark struct{ listed int }

func services(n int) *corev1.ServiceList {
	list := &corev1.ServiceList{ListMeta: metav1.ListMeta{ResourceVersion: "7"}}
	for i := range n {
		list.Items = append(list.Items, corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: chain.ServiceName(i), ResourceVersion: "5"}})
	}
	return list
}

func (p *noBookmark) List(context.Context, metav1.ListOptions) (*corev1.ServiceList, error) {
	p.listed++
	return services(3), nil
}

func (p *noBookmark) Watch(_ context.Context, opts metav1.ListOptions) (watch.Interface, error) {
	w := watch.NewFake()
	if opts.SendInitialEvents != nil {
		go func() {
			for i := range 3 {
				w.Add(&services(3).Items[i])
			}
		}()
	}
	return w, nil
}

func TestStalledWatchListFallsBack(t *testing.T) {
	w := &Watcher{builder: state.NewBuilder("", ""), dirty: make(chan struct{}, 1)}
	w.health = newHealth(nil, w.mark)
	proxy := &noBookmark{}
	s := from(w, state.Services, &corev1.Service{}, proxy, "")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.run(ctx) }()
	select {
	case <-s.synced:
	case <-time.After(3 * stall):
		t.Fatal("the source still waits for the bookmark")
	}
	cancel()
	<-done
	if proxy.listed != 1 || !s.isPlain() {
		t.Errorf("listed %d times, plain %v; want the objects listed once", proxy.listed, s.isPlain())
	}
}
