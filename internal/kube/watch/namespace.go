package watch

import (
	"context"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// namespace knows whether the namespace exists. Lists of a namespace that doesn't are simply empty, and watching
// namespaces takes a right that few have: so it is read, once, when there is nothing in it; and while it is missing now
// and then.
type namespace struct {
	mu      sync.Mutex
	gone    bool
	asked   time.Time // zero before the first time
	pending bool
}

const askNamespace = 5 * time.Second

func (n *namespace) missing() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gone
}

// lookForNamespace asks when it has to. It returns when it may have to again.
func (w *Watcher) lookForNamespace(ctx context.Context, s *state.Snapshot) (again time.Duration) {
	n := &w.space
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.Origin != state.None {
		if n.gone {
			n.gone = false
			w.mark()
		}
		return time.Hour
	}
	if !n.asked.IsZero() && !n.gone || n.pending {
		return time.Hour
	}
	if wait := askNamespace - time.Since(n.asked); wait > 0 {
		return wait
	}
	n.asked, n.pending = time.Now(), true
	w.run(ctx, w.askNamespace)
	return askNamespace
}

func (w *Watcher) askNamespace(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, err := w.cluster.Client.Namespaces().Get(ctx, w.cluster.Namespace, metav1.GetOptions{})
	n := &w.space
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pending = false
	if gone := apierrors.IsNotFound(err); gone != n.gone {
		n.gone = gone
		w.mark()
	}
}
