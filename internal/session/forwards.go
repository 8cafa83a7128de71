package session

import (
	"context"
	"sync"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

// forwards are the local addresses that a session has opened; they live as long as it.
type forwards struct {
	ctx     context.Context // the session's: a forward outlives the action that opened it
	cluster *kube.Cluster
	watcher *watch.Watcher

	mu     sync.Mutex
	opened []*kube.Forward
}

// open opens one to whatever Snapshot.Find finds by the name.
func (f *forwards) open(_ context.Context, target string) (string, error) {
	_, port, err := f.watcher.Latest().Find(target)
	if err != nil {
		return "", err
	}
	//nolint:contextcheck // it outlives the action that asked for it, and ends with the session
	forward, err := f.cluster.Forward(f.ctx, kube.ForwardOptions{Port: port, Pods: func() []string {
		w, _, err := f.watcher.Latest().Find(target)
		if err != nil {
			return nil
		}
		return w.ReadyNames()
	}})
	if err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opened = append(f.opened, forward)
	return "http://" + forward.Address, nil
}

func (f *forwards) wait() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, forward := range f.opened {
		forward.Wait()
	}
}
